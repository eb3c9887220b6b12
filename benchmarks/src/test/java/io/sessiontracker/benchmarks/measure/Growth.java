package io.sessiontracker.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.sessiontracker.benchmarks.contestant.Candidate;
import io.sessiontracker.benchmarks.contestant.Candidates;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.ThreadSessions;
import io.sessiontracker.benchmarks.contestant.Work;

/** What calls cost among few sessions, and among many. */
final class Growth {

    private static final List<Work> WORKS =
            List.of(Work.START, Work.GET, Work.CHANGE, Work.FINISH, Work.PAGE, Work.COUNT);

    private final BenchmarkEnvironment arena;
    private final int calls;

    Growth(BenchmarkEnvironment arena, int calls) {
        this.arena = arena;
        this.calls = calls;
    }

    /** By how many sessions there are. */
    Map<Integer, Map<Work, CallCost>> measure(List<Integer> populations) {
        Map<Integer, Map<Work, CallCost>> costs = new TreeMap<>();
        if (populations.isEmpty()) {
            return costs;
        }
        Candidate contestant = arena.enter(Candidates.INDEXED);
        int before = 0;
        for (int population : populations) {
            System.err.printf("With %d sessions%n", population);
            populate(contestant, before, population);
            costs.put(population, measure(contestant, population));
            before = population;
        }
        return costs;
    }

    private static void populate(Candidate contestant, int from, int to) {
        int hands = (to - from) / ThreadSessions.PAGE_SIZE;
        ParallelLoader.doAll(
                hands,
                i -> new ThreadSessions("g" + to + "." + i, Payload.SMALL).deal(contestant, ThreadSessions.PAGE_SIZE));
    }

    private Map<Work, CallCost> measure(Candidate contestant, int population) {
        Map<Work, CallCost> costs = new TreeMap<>();
        for (Work work : WORKS) {
            int times = work.callsOf(calls);
            ThreadSessions hand = new ThreadSessions(work + "@" + population, Payload.SMALL);
            costs.put(work, new CallCosts(arena, times).measure(contestant, hand, work));
        }
        return costs;
    }
}
