package io.sessiontracker.memory;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * What an address has.
 *
 * @param running the running session, which may be due
 * @param finished the finished session, which may be due
 * @param settled the last moves and deletes, so that one that is sent again is recognised
 */
record Slot(@Nullable Entry running, @Nullable Entry finished, List<Settled> settled) {

    static final Slot EMPTY = new Slot(null, null, List.of());

    private static final int MAX_SETTLED = 8;

    /**
     * A call that was done, and how long it is remembered.
     *
     * @param removed the sessions that it deleted
     */
    record Settled(OperationToken token, StoreReply reply, List<Entry> removed, long until) {}

    Slot withRunning(@Nullable Entry replacement) {
        return new Slot(replacement, finished, settled);
    }

    Slot withFinished(@Nullable Entry replacement) {
        return new Slot(running, replacement, settled);
    }

    /** Remembers one more call, and forgets the oldest where there are too many. */
    Slot with(Settled call) {
        List<Settled> calls = new ArrayList<>(settled);
        calls.add(call);
        return new Slot(
                running, finished, List.copyOf(calls.subList(Math.max(0, calls.size() - MAX_SETTLED), calls.size())));
    }

    /** Without what nobody needs any more. */
    Slot pruned(long now) {
        return new Slot(
                keep(running, now),
                keep(finished, now),
                settled.stream().filter(call -> call.until > now).toList());
    }

    /** From when on nobody needs anything of it. */
    long keptUntil() {
        long latest = settled.stream().mapToLong(Settled::until).max().orElse(Long.MIN_VALUE);
        return Math.max(latest, Math.max(keptUntil(running), keptUntil(finished)));
    }

    boolean isEmpty() {
        return running == null && finished == null && settled.isEmpty();
    }

    private static @Nullable Entry keep(@Nullable Entry entry, long now) {
        return keptUntil(entry) > now ? entry : null;
    }

    private static long keptUntil(@Nullable Entry entry) {
        return entry == null ? Long.MIN_VALUE : entry.deadline().keptUntil();
    }
}
