package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.sessiontracker.Session;
import io.sessiontracker.spi.support.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * Decides which call of a queue has the turn, and sees to it that none keeps it for ever: while others wait, a turn that takes too
 * long is passed over. That call's change is made again later, with twice the time. So neither a change that blocks nor a worker that
 * is not free holds up a key, not even where the change waits for another change of the same key.
 */
final class ModifyTurns<S extends Session> {

    private static final int MAX_DOUBLINGS = 10;

    private final long limit;
    private final Object lock;
    private final Consumer<Turn<S>> onPassedOver;
    private @Nullable Turn<S> current;
    private @Nullable Future<?> check;

    /** The right of a call to make its change. */
    static final class Turn<S extends Session> {

        private final ModifyCall<S> call;
        private final long since = System.nanoTime();
        private boolean started;

        private Turn(ModifyCall<S> call) {
            this.call = call;
        }

        ModifyCall<S> call() {
            return call;
        }

        boolean isStarted() {
            return started;
        }
    }

    /**
     * Creates turns of which none is taken.
     *
     * @param limit how long a call's first turn may take while others wait
     * @param lock held by the callers of all methods but {@link #end}
     * @param onPassedOver called without the lock, when the turn is free again
     */
    ModifyTurns(Duration limit, Object lock, Consumer<Turn<S>> onPassedOver) {
        this.limit = limit.toNanos();
        this.lock = lock;
        this.onPassedOver = onPassedOver;
    }

    boolean isTaken() {
        return current != null;
    }

    Turn<S> begin(ModifyCall<S> call) {
        Turn<S> turn = new Turn<>(call);
        current = turn;
        return turn;
    }

    /** Returns false if the turn was lost meanwhile. */
    boolean start(Turn<S> turn) {
        if (turn != current || turn.started) {
            return false;
        }
        turn.started = true;
        return true;
    }

    /** Returns false if the turn was lost meanwhile: then it may be another call's, and stays so. */
    boolean end(Turn<S> turn) {
        synchronized (lock) {
            if (turn != current) {
                return false;
            }
            current = null;
            return true;
        }
    }

    /** Takes the turn away, if there is one; returns its call unless the change has begun, which {@link #end} then reports. */
    Optional<ModifyCall<S>> revoke() {
        Turn<S> revoked = current;
        current = null;
        return revoked == null || revoked.started ? Optional.empty() : Optional.of(revoked.call);
    }

    /** Checks the turn's time from now on. */
    void watch() {
        if (check == null) {
            check = BackgroundTasks.runAfter(limit, TimeUnit.NANOSECONDS, this::check);
        }
    }

    void unwatch() {
        if (check != null) {
            check.cancel(false);
            check = null;
        }
    }

    private void check() {
        Turn<S> late = null;
        synchronized (lock) {
            if (check == null) {
                return;
            }
            check = null;
            watch();
            if (current != null && isLate(current)) {
                late = current;
                current = null;
                if (late.started) {
                    late.call.passedOver();
                }
            }
        }
        if (late != null) {
            onPassedOver.accept(late);
        }
    }

    private boolean isLate(Turn<S> turn) {
        return System.nanoTime() - turn.since >= limit << Math.min(turn.call.passes(), MAX_DOUBLINGS);
    }
}
