package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/**
 * Which call of a queue has the turn, and that none keeps it for ever: while others wait, a turn that takes too long is passed over.
 * That call has its change made again, with twice the time. So neither a change that blocks nor a worker that is not free holds up a
 * key, not even where the change waits for another change of the same key.
 */
final class ModifyTurns<S extends Session> {

    private static final int MAX_DOUBLINGS = 10;

    private final long patience;
    private final Object lock;
    private final Consumer<Turn<S>> onPassedOver;
    private @Nullable Turn<S> current;
    private @Nullable CompletableFuture<Void> check;

    /** The right to go on. */
    static final class Turn<S extends Session> {

        private final ModifyCall<S> call;
        private final long since = System.nanoTime();
        private boolean started;
        private boolean reading;

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
     * @param lock held by those that call this
     * @param onPassedOver called without the lock, when the turn is nobody's
     */
    ModifyTurns(Duration patience, Object lock, Consumer<Turn<S>> onPassedOver) {
        this.patience = patience.toNanos();
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

    /**
     * False if the turn was lost meanwhile.
     *
     * @param reading whether it waits for the store, which limits the time itself
     */
    boolean start(Turn<S> turn, boolean reading) {
        if (turn != current || turn.started) {
            return false;
        }
        turn.started = true;
        turn.reading = reading;
        return true;
    }

    /** False if the turn was lost meanwhile: then it may be another's, and stays so. */
    boolean end(Turn<S> turn) {
        if (turn != current) {
            return false;
        }
        current = null;
        return true;
    }

    /** Takes the turn away. The call is given if it has not begun; else it finds out when its change is made. */
    Optional<ModifyCall<S>> revoke() {
        Turn<S> revoked = current;
        current = null;
        return revoked == null || revoked.started ? Optional.empty() : Optional.of(revoked.call);
    }

    /** Looks after the turn from now on. */
    void watch() {
        if (check == null) {
            check = new CompletableFuture<Void>().completeOnTimeout(null, patience, TimeUnit.NANOSECONDS);
            var unused = check.thenRun(this::check);
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
        long allowed = patience << Math.min(turn.call.passes(), MAX_DOUBLINGS);
        return !turn.reading && System.nanoTime() - turn.since >= allowed;
    }
}
