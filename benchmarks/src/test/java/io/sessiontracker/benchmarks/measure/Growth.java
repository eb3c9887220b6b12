package io.sessiontracker.benchmarks.measure;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.sessiontracker.benchmarks.contestant.Contestant;
import io.sessiontracker.benchmarks.contestant.Contestants;
import io.sessiontracker.benchmarks.contestant.Hand;
import io.sessiontracker.benchmarks.contestant.Payload;
import io.sessiontracker.benchmarks.contestant.Work;

/** What calls cost among few sessions, and among many. */
final class Growth {

    private static final List<Work> WORKS =
            List.of(Work.START, Work.GET, Work.CHANGE, Work.FINISH, Work.PAGE, Work.COUNT);

    private final Arena arena;
    private final int calls;

    Growth(Arena arena, int calls) {
        this.arena = arena;
        this.calls = calls;
    }

    /** By how many sessions there are. */
    Map<Integer, Map<Work, CallCost>> measure(List<Integer> populations) {
        Map<Integer, Map<Work, CallCost>> costs = new TreeMap<>();
        if (populations.isEmpty()) {
            return costs;
        }
        Contestant contestant = arena.enter(Contestants.INDEXED);
        int before = 0;
        for (int population : populations) {
            System.err.printf("With %d sessions%n", population);
            populate(contestant, before, population);
            costs.put(population, measure(contestant, population));
            before = population;
        }
        return costs;
    }

    private static void populate(Contestant contestant, int from, int to) {
        int hands = (to - from) / Hand.PAGE_SIZE;
        Crowd.doAll(hands, i -> new Hand("g" + to + "." + i, Payload.SMALL).deal(contestant, Hand.PAGE_SIZE));
    }

    private Map<Work, CallCost> measure(Contestant contestant, int population) {
        Map<Work, CallCost> costs = new TreeMap<>();
        for (Work work : WORKS) {
            int times = work.callsOf(calls);
            Hand hand = new Hand(work + "@" + population, Payload.SMALL);
            costs.put(work, new CallCosts(arena, times).measure(contestant, hand, work));
        }
        return costs;
    }
}
