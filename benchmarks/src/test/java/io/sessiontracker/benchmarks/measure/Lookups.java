package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import io.sessiontracker.benchmarks.Plan;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;

/**
 * Measures how fast sessions are found among few and among many: a page by an indexed property and a count, beside Spring Session's
 * lookup by principal. Both candidates have as many sessions on one server, and take turns.
 */
final class Lookups {

    private final BenchmarkEnvironment environment;
    private final Plan plan;

    Lookups(BenchmarkEnvironment environment, Plan plan) {
        this.environment = environment;
        this.plan = plan;
    }

    /** Returns calls per second by the number of sessions. */
    Map<Integer, Samples> measure(List<Integer> populations) {
        environment.clear();
        Candidate indexed = environment.add(Candidates.INDEXED);
        Candidate springSession = environment.add(Candidates.SPRING_SESSION_INDEXED);
        Map<Integer, Samples> samples = new TreeMap<>();
        List<String> tenants = new ArrayList<>();
        for (int population : populations) {
            System.err.printf("Lookups among %d sessions%n", population);
            tenants.addAll(populate(List.of(indexed, springSession), tenants.size(), population));
            Samples ofPopulation = new Samples();
            for (int round = 0; round <= plan.rounds(); round++) {
                for (int threads : plan.threads()) {
                    Samples target = round == 0 ? new Samples() : ofPopulation;
                    add(
                            target,
                            Candidates.SPRING_SESSION_INDEXED,
                            Work.PAGE,
                            threads,
                            () -> page(springSession, tenants));
                    add(target, Candidates.INDEXED, Work.PAGE, threads, () -> page(indexed, tenants));
                    add(target, Candidates.INDEXED, Work.COUNT, threads, indexed::count);
                }
            }
            samples.put(population, ofPopulation);
        }
        return samples;
    }

    /** Returns the tenants of the sessions that were started in addition to others. */
    private static List<String> populate(List<Candidate> candidates, int tenantsBefore, int population) {
        List<ThreadSessions> added = new ArrayList<>();
        for (int i = tenantsBefore; i < Math.max(1, population / ThreadSessions.PAGE_SIZE); i++) {
            added.add(new ThreadSessions("l" + i, Payload.SMALL));
        }
        candidates.forEach(candidate ->
                ParallelLoader.doAll(added.size(), i -> added.get(i).startAll(candidate, ThreadSessions.PAGE_SIZE)));
        return added.stream().map(ThreadSessions::tenant).toList();
    }

    private static void page(Candidate candidate, List<String> tenants) {
        String tenant = tenants.get(ThreadLocalRandom.current().nextInt(tenants.size()));
        int found = candidate.page(tenant, ThreadSessions.PAGE_SIZE);
        if (found != ThreadSessions.PAGE_SIZE) {
            throw new IllegalStateException("A page of " + tenant + " had " + found + " sessions");
        }
    }

    private void add(Samples samples, String candidate, Work work, int threads, Runnable call) {
        samples.add(new BenchmarkCase(candidate, work, threads, Payload.SMALL), perSecond(threads, call));
    }

    private double perSecond(int threads, Runnable call) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Future<Integer>> counts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                counts.add(executor.submit(() -> callsUntil(begin + plan.slice().toNanos(), call)));
            }
            long calls = 0;
            for (Future<Integer> count : counts) {
                calls += count.get();
            }
            return calls * 1e9 / (System.nanoTime() - begin);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            executor.shutdown();
        }
    }

    private static int callsUntil(long end, Runnable call) {
        int calls = 0;
        do {
            call.run();
            calls++;
        } while (System.nanoTime() < end);
        return calls;
    }
}
