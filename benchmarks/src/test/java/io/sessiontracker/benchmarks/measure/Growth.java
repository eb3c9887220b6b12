package io.sessiontracker.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;

/** Measures what calls cost among few and among many sessions. */
final class Growth {

    private static final List<Work> WORKS =
            List.of(Work.START, Work.GET, Work.CHANGE, Work.FINISH, Work.PAGE, Work.COUNT);

    private final BenchmarkEnvironment environment;
    private final int calls;

    Growth(BenchmarkEnvironment environment, int calls) {
        this.environment = environment;
        this.calls = calls;
    }

    /** Returns the costs by the number of sessions. */
    Map<Integer, Map<Work, CallCost>> measure(List<Integer> populations) {
        Map<Integer, Map<Work, CallCost>> costs = new TreeMap<>();
        if (populations.isEmpty()) {
            return costs;
        }
        Candidate candidate = environment.enter(Candidates.INDEXED);
        int before = 0;
        for (int population : populations) {
            System.err.printf("With %d sessions%n", population);
            populate(candidate, before, population);
            costs.put(population, measure(candidate, population));
            before = population;
        }
        return costs;
    }

    private static void populate(Candidate candidate, int from, int to) {
        int tenants = (to - from) / ThreadSessions.PAGE_SIZE;
        ParallelLoader.doAll(
                tenants,
                i -> new ThreadSessions("g" + to + "." + i, Payload.SMALL)
                        .startAll(candidate, ThreadSessions.PAGE_SIZE));
    }

    private Map<Work, CallCost> measure(Candidate candidate, int population) {
        Map<Work, CallCost> costs = new TreeMap<>();
        for (Work work : WORKS) {
            int times = work.callsOf(calls);
            ThreadSessions threadSessions = new ThreadSessions(work + "@" + population, Payload.SMALL);
            costs.put(work, new CallCosts(environment, times).measure(candidate, threadSessions, work));
        }
        return costs;
    }
}
