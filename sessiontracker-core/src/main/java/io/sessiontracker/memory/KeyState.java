package io.sessiontracker.memory;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.spi.OperationToken;
import org.jspecify.annotations.Nullable;

/**
 * What an address has.
 *
 * @param running the running session, which may be due
 * @param finished the finished session, which may be due
 * @param settled the last moves and deletes, so that one that is sent again is recognised
 * @param untold those whose time ran out, and who are kept to be told; the oldest first
 */
record KeyState(@Nullable Entry running, @Nullable Entry finished, List<Settled> settled, List<ExpiredSession> untold) {

    static final KeyState EMPTY = new KeyState(null, null, List.of(), List.of());

    private static final int MAX_SETTLED = 8;
    private static final int MAX_UNTOLD = 16;

    /**
     * A call that was done, and how long it is remembered.
     *
     * @param id the session that it was about
     * @param removed the sessions that it deleted or replaced
     */
    record Settled(OperationToken token, String id, List<Entry> removed, long until) {}

    KeyState withRunning(@Nullable Entry replacement) {
        return new KeyState(replacement, finished, settled, untold);
    }

    KeyState withFinished(@Nullable Entry replacement) {
        return new KeyState(running, replacement, settled, untold);
    }

    /** Remembers one more call, and forgets the oldest where there are too many. */
    KeyState with(Settled call) {
        List<Settled> calls = new ArrayList<>(settled);
        calls.add(call);
        return new KeyState(running, finished, last(calls, MAX_SETTLED), untold);
    }

    KeyState withUntold(List<ExpiredSession> replacement) {
        return new KeyState(running, finished, settled, List.copyOf(replacement));
    }

    /** What is due and kept stands with the untold ones, so that its key is free. */
    KeyState settled(long now) {
        if (running == null || !running.deadline().isToBeTold(now)) {
            return this;
        }
        List<ExpiredSession> more = new ArrayList<>(untold);
        more.add(new ExpiredSession(running, 0, 0));
        return new KeyState(null, finished, settled, last(more, MAX_UNTOLD));
    }

    private static <T> List<T> last(List<T> list, int count) {
        return List.copyOf(list.subList(Math.max(0, list.size() - count), list.size()));
    }

    /** Without what nobody needs any more. */
    KeyState pruned(long now) {
        return new KeyState(
                keep(running, now),
                keep(finished, now),
                settled.stream().filter(call -> call.until > now).toList(),
                untold.stream().filter(kept -> keptUntil(kept.entry()) > now).toList());
    }

    /** From when on nobody needs anything of it. */
    long keptUntil() {
        long latest = settled.stream().mapToLong(Settled::until).max().orElse(Long.MIN_VALUE);
        long latestUntold =
                untold.stream().mapToLong(kept -> keptUntil(kept.entry())).max().orElse(Long.MIN_VALUE);
        return Math.max(Math.max(latest, latestUntold), Math.max(keptUntil(running), keptUntil(finished)));
    }

    boolean isEmpty() {
        return running == null && finished == null && settled.isEmpty() && untold.isEmpty();
    }

    private static @Nullable Entry keep(@Nullable Entry entry, long now) {
        return keptUntil(entry) > now ? entry : null;
    }

    private static long keptUntil(@Nullable Entry entry) {
        return entry == null ? Long.MIN_VALUE : entry.deadline().keptUntil();
    }
}
