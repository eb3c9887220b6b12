package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.JdbcCandidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSessionDataProvider;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures what calls cost among few and among many sessions of one database, in turns. */
final class JdbcGrowth {

    private static final List<Work> WORKS = List.of(Work.START, Work.GET, Work.CHANGE, Work.PAGE, Work.COUNT);
    private static final long MINUTE = 60_000;
    private static final String CLAIM = "claim of 20";
    private static final String TYPE = "order";
    private static final int CLAIMED = 20;

    private final Plan plan;
    private final IntFunction<JdbcDatabase> tables;
    private final Map<Integer, Population> populations = new LinkedHashMap<>();

    private record Population(JdbcDatabase database, Candidate candidate, ThreadSessions measured) {}

    /** @param tables creates tables for a number of sessions */
    JdbcGrowth(Plan plan, IntFunction<JdbcDatabase> tables) {
        this.plan = plan;
        this.tables = tables;
    }

    /** Returns the median time of a call in microseconds, by what it does and the number of sessions. */
    Map<String, Map<Integer, Double>> measure() {
        plan.growth().forEach(size -> populations.put(size, populate(size)));
        Map<String, Map<Integer, Double>> medians = new LinkedHashMap<>();
        WORKS.forEach(work -> medians.put(work.title(), medians(population -> micros(population, work))));
        medians.put(CLAIM, medians(JdbcGrowth::microsOfClaim));
        populations.values().forEach(population -> population.candidate().close());
        return medians;
    }

    /** The first round only warms up. */
    private Map<Integer, Double> medians(ToDoubleFunction<Population> turn) {
        Map<Integer, List<Double>> times = new LinkedHashMap<>();
        for (int round = 0; round <= plan.rounds(); round++) {
            for (int size : plan.growth()) {
                List<Double> all = times.computeIfAbsent(size, any -> new ArrayList<>());
                double micros = turn.applyAsDouble(populations.get(size));
                if (round > 0) {
                    all.add(micros);
                }
            }
        }
        Map<Integer, Double> medians = new LinkedHashMap<>();
        times.forEach((size, all) -> medians.put(size, Samples.median(all)));
        return medians;
    }

    private double micros(Population population, Work work) {
        int times = work.callsOf(plan.calls());
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            work.doOnce(population.measured(), population.candidate());
        }
        return (System.nanoTime() - begin) / 1e3 / times;
    }

    /** The claimed sessions are started before, and are due at once. */
    private static double microsOfClaim(Population population) {
        SessionDataProvider store =
                new JdbcSessionDataProvider(population.database(), JdbcCandidates.INDEXED_NAMESPACE);
        SessionData data = new SessionData(Map.of(), new byte[500]);
        Lifetimes due = new Lifetimes(0, System.currentTimeMillis() - 1, 0, MINUTE);
        for (int i = 0; i < CLAIMED; i++) {
            OperationToken token = OperationToken.random();
            String id = token.newSessionId();
            join(store.start(new SessionAddress(TYPE, id), List.of(id), data, due, token, false));
        }
        long begin = System.nanoTime();
        SessionSweep.Reply reply = join(store.sweep(SessionSweep.claim(TYPE, CLAIMED, MINUTE)));
        double micros = (System.nanoTime() - begin) / 1e3;
        if (reply.claimed().size() != CLAIMED) {
            throw new IllegalStateException("Claimed " + reply.claimed().size());
        }
        join(store.acknowledgeExpired(TYPE, reply.claimed()).thenApply(nothing -> true));
        return micros;
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The sessions that are measured are spread over the others, as those of a tenant are. */
    private Population populate(int size) {
        System.err.printf("With %d sessions%n", size);
        JdbcDatabase database = tables.apply(size);
        Candidate candidate = JdbcCandidates.open(JdbcCandidates.INDEXED, database);
        ThreadSessions measured = new ThreadSessions("measured", Payload.SMALL);
        List<ThreadSessions> others = IntStream.range(0, size / ThreadSessions.PAGE_SIZE)
                .mapToObj(i -> new ThreadSessions("other." + i, Payload.SMALL))
                .toList();
        for (int i = 0; i < ThreadSessions.PAGE_SIZE; i++) {
            measured.startMore(candidate);
            ParallelLoader.doAll(others.size(), number -> others.get(number).startMore(candidate));
        }
        for (String table : List.of("SESSION", "PROPERTY")) {
            JdbcClient.create(database.dataSource())
                    .sql("ANALYZE " + database.tablePrefix() + table)
                    .update();
        }
        return new Population(database, candidate, measured);
    }
}
