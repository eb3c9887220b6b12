package io.sessiontracker.benchmarks.candidate;

import java.util.Locale;
import java.util.function.BiFunction;

/** A kind of work to measure. */
public enum Work {
    START(ThreadSessions::start),
    GET((sessions, candidate) -> candidate.get(sessions.id())),
    PEEK((sessions, candidate) -> candidate.peek(sessions.id())),
    CHANGE((sessions, candidate) -> {
        candidate.change(sessions.id(), sessions.edit());
        return sessions;
    }),
    MODIFY((sessions, candidate) -> {
        candidate.modify(sessions.id(), sessions.edit());
        return sessions;
    }),
    /** All threads modify one session. */
    HOT_MODIFY((sessions, candidate) -> {
        candidate.hotModify(sessions.cart(), sessions.edit());
        return sessions;
    }),
    LOCKED_CHANGE((sessions, candidate) -> {
        candidate.lockedChange(sessions.id(), sessions.edit());
        return sessions;
    }),
    FINISH((sessions, candidate) -> {
        candidate.finish(sessions.id());
        return sessions;
    }),
    /** Start, three changes, finish. */
    LIFE((sessions, candidate) -> {
        String id = sessions.start(candidate);
        for (int i = 0; i < 3; i++) {
            candidate.change(id, sessions.edit());
        }
        candidate.finish(id);
        return id;
    }),
    PAGE((sessions, candidate) -> sessions.requirePage(candidate.page(sessions.tenant(), ThreadSessions.PAGE_SIZE))),
    COUNT((sessions, candidate) -> candidate.count());

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private final BiFunction<ThreadSessions, Candidate, Object> step;

    Work(BiFunction<ThreadSessions, Candidate, Object> step) {
        this.step = step;
    }

    /** Does the work once; the result only keeps the JIT compiler from removing it. */
    public Object doOnce(ThreadSessions sessions, Candidate candidate) {
        return step.apply(sessions, candidate);
    }

    /** Returns whether it consumes existing sessions. */
    public boolean consumes() {
        return this == FINISH;
    }

    /** Returns how often to do it if others are done that often: work on many sessions or of many steps takes longer. */
    public int callsOf(int others) {
        return switch (this) {
            case PAGE, COUNT -> Math.max(2, others / 20);
            case LIFE -> Math.max(2, others / 5);
            default -> others;
        };
    }

    /** Returns whether it needs existing sessions. */
    public boolean needsSessions() {
        return this != START && this != LIFE;
    }

    /** Returns its name in a table. */
    public String title() {
        return this == LIFE ? "whole life" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
