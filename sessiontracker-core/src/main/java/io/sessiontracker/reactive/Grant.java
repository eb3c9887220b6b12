package io.sessiontracker.reactive;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;

/**
 * A lock for one subscription: it is passed on to the subscriber, or released. Reactor's operators do not ensure that where the
 * subscription is cancelled just as the lock is granted: some drop a value, and {@code flatMap} drops a whole call.
 *
 * @param <A> what the call answers, a lock or a session with its lock
 */
final class Grant<A> {

    private enum State {
        PENDING,
        PASSED,
        WITHDRAWN
    }

    private final Function<? super A, AsyncSessionLock> lockOf;
    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);
    private volatile @Nullable CompletableFuture<SessionResult<A>> asked;

    Grant(Function<? super A, AsyncSessionLock> lockOf) {
        this.lockOf = lockOf;
    }

    CompletableFuture<SessionResult<A>> ask(Supplier<CompletableFuture<SessionResult<A>>> call) {
        CompletableFuture<SessionResult<A>> future = call.get();
        asked = future;
        if (state.get() == State.WITHDRAWN) {
            release(future);
        }
        return future;
    }

    /** Returns whether the subscriber is to get the answer. */
    boolean pass() {
        return state.compareAndSet(State.PENDING, State.PASSED);
    }

    /** Handles the cancellation of the subscription. What was passed on before belongs to the subscriber. */
    void withdraw() {
        if (state.compareAndSet(State.PENDING, State.WITHDRAWN) && asked != null) {
            release(asked);
        }
    }

    private void release(CompletableFuture<SessionResult<A>> future) {
        future.cancel(true);
        var unused = future.thenAccept(
                result -> result.ifSuccess(granted -> lockOf.apply(granted).release()));
    }
}
