package io.sessiontracker.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.Work;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures throughput in turns, round by round, so that other load on the machine affects all candidates alike. JMH drives each
 * turn within this JVM; a new JVM per turn would measure warm-up. Unless there is a single round, a warm-up round comes first.
 */
final class Throughput {

    private final Plan plan;
    private final Samples samples = new Samples();

    Throughput(Plan plan) {
        this.plan = plan;
        System.setProperty("jmh.ignoreLock", "true");
    }

    Samples measure() {
        for (int round = plan.rounds() > 1 ? 0 : 1; round <= plan.rounds(); round++) {
            System.err.printf("Round %d of %d%n", round, plan.rounds());
            measure(round);
        }
        return samples;
    }

    private void measure(int round) {
        for (Plan.Size size : plan.sizes()) {
            for (int threads : plan.threads()) {
                for (Work work : plan.works()) {
                    List<String> candidates = new ArrayList<>(plan.namesAt(work, size));
                    if (round % 2 == 1) {
                        Collections.reverse(candidates);
                    }
                    run(candidates, work, threads, size.payload()).forEach(result -> {
                        if (round > 0) {
                            add(result, work, threads, size.payload());
                        }
                    });
                }
            }
        }
    }

    private void add(RunResult result, Work work, int threads, Payload payload) {
        double score = result.getPrimaryResult().getScore();
        double perSecond = work.consumes() ? threads * stock(threads) / score : score;
        samples.add(new BenchmarkCase(result.getParams().getParam("candidate"), work, threads, payload), perSecond);
    }

    /** Fails if a call of a candidate does. */
    Collection<RunResult> run(List<String> candidates, Work work, int threads, Payload payload) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(WorkBenchmark.class.getName() + ".work$")
                .param("candidate", candidates.toArray(String[]::new))
                .param("work", work.name())
                .param("payload", payload.name())
                .param("stock", Integer.toString(stock(threads)))
                .threads(threads)
                .forks(0)
                .warmupIterations(1)
                .measurementIterations(1)
                .timeUnit(TimeUnit.SECONDS)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            return new Runner((work.consumes() ? counted(options, threads) : timed(options)).build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("%s by %s could not be measured".formatted(work, candidates), e);
        }
    }

    private ChainedOptionsBuilder timed(ChainedOptionsBuilder options) {
        return options.mode(Mode.Throughput)
                .warmupTime(time(plan.slice().dividedBy(5)))
                .measurementTime(time(plan.slice()));
    }

    private ChainedOptionsBuilder counted(ChainedOptionsBuilder options, int threads) {
        int batch = stock(threads);
        return options.mode(Mode.SingleShotTime).warmupBatchSize(batch).measurementBatchSize(batch);
    }

    /** Returns how many sessions suffice for a turn. */
    private int stock(int threads) {
        return Math.max(plan.calls() / 8, plan.calls() / 2 / threads);
    }

    private static TimeValue time(Duration duration) {
        return TimeValue.milliseconds(Math.max(1, duration.toMillis()));
    }
}
