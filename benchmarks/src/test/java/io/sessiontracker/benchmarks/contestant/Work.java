package io.sessiontracker.benchmarks.contestant;

import java.util.Locale;
import java.util.function.BiFunction;

/** What is measured. */
public enum Work {
    START(ThreadSessions::start),
    GET((hand, contestant) -> contestant.get(hand.id())),
    PEEK((hand, contestant) -> contestant.peek(hand.id())),
    CHANGE((hand, contestant) -> {
        contestant.change(hand.id(), hand.edit());
        return hand;
    }),
    MODIFY((hand, contestant) -> {
        contestant.modify(hand.id(), hand.edit());
        return hand;
    }),
    /** All threads modify one session. */
    HOT_MODIFY((hand, contestant) -> {
        contestant.hotModify(hand.cart(), hand.edit());
        return hand;
    }),
    LOCKED_CHANGE((hand, contestant) -> {
        contestant.lockedChange(hand.id(), hand.edit());
        return hand;
    }),
    FINISH((hand, contestant) -> {
        contestant.finish(hand.id());
        return hand;
    }),
    /** Start, three changes, finish. */
    LIFE((hand, contestant) -> {
        String id = hand.start(contestant);
        for (int i = 0; i < 3; i++) {
            contestant.change(id, hand.edit());
        }
        contestant.finish(id);
        return id;
    }),
    PAGE((hand, contestant) -> hand.requirePage(contestant.page(hand.tenant(), ThreadSessions.PAGE_SIZE))),
    COUNT((hand, contestant) -> contestant.count());

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private final BiFunction<ThreadSessions, Candidate, Object> step;

    Work(BiFunction<ThreadSessions, Candidate, Object> step) {
        this.step = step;
    }

    /** Does it once; the answer is for nobody but the JIT compiler. */
    public Object doOnce(ThreadSessions hand, Candidate contestant) {
        return step.apply(hand, contestant);
    }

    /** Whether it uses up the sessions that were there before. */
    public boolean consumes() {
        return this == FINISH;
    }

    /** How often to do it where others are done so often: what is about all sessions takes its time. */
    public int callsOf(int others) {
        return this == PAGE || this == COUNT ? Math.max(2, others / 20) : others;
    }

    /** Whether it wants sessions to be there before. */
    public boolean wantsSessions() {
        return this != START && this != LIFE;
    }

    /** Its name in a table. */
    public String title() {
        return this == LIFE ? "whole life" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
