package io.sessiontracker.engine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/** The {@code modify} of one API; decides on which threads its changes run. */
final class SessionModification {

    private final SessionTypes types;
    private final ModifyQueues queues;
    private final CallerTransactions transactions;
    private final @Nullable Executor workers;
    private final UnaryOperator<Runnable> context;
    private final OperationObserver observer;

    private SessionModification(
            SessionTypes types,
            ModifyQueues queues,
            CallerTransactions transactions,
            @Nullable Executor workers,
            UnaryOperator<Runnable> context,
            OperationObserver observer) {
        this.types = types;
        this.queues = queues;
        this.transactions = transactions;
        this.workers = workers;
        this.context = context;
        this.observer = observer;
    }

    /** Callers wait, and make their changes themselves. */
    static SessionModification blocking(
            SessionTypes types, ModifyQueues queues, CallerTransactions transactions, OperationObserver observer) {
        return new SessionModification(types, queues, transactions, null, UnaryOperator.identity(), observer);
    }

    /**
     * Workers make the changes.
     *
     * @param context takes the calling thread's context along to the worker
     */
    static SessionModification async(
            Executor workers,
            SessionTypes types,
            ModifyQueues queues,
            CallerTransactions transactions,
            UnaryOperator<Runnable> context,
            OperationObserver observer) {
        return new SessionModification(types, queues, transactions, workers, context, observer);
    }

    /** Returns how many keys are being modified by any API, for tests. */
    int modifiedKeys() {
        return queues.size();
    }

    <S extends Session> CompletionStage<SessionResult<S>> modify(
            Class<S> type, String key, Consumer<? super S> change) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call("modify", info, key, () -> {
            Objects.requireNonNull(change, "The change must not be null");
            SessionAddress address = info.address(key);
            if (transactions.isActive()) {
                return queues.modifyAlone(info, address, change);
            }
            return workers == null
                    ? modifyHere(info, address, change)
                    : submit(info, address, inContext(change), workers).answer();
        });
    }

    private <S extends Session> CompletableFuture<SessionResult<S>> modifyHere(
            SessionTypeInfo<S> info, SessionAddress address, Consumer<? super S> change) {
        CallerThreadExecutor caller = new CallerThreadExecutor();
        ModifyCall<S> call = submit(info, address, change, caller);
        caller.await(call, address);
        return call.answer();
    }

    private <S extends Session> ModifyCall<S> submit(
            SessionTypeInfo<S> info, SessionAddress address, Consumer<? super S> change, Executor thread) {
        ModifyCall<S> call = queues.call(address, change, thread);
        queues.submit(info, address, call);
        return call;
    }

    private <S extends Session> Consumer<S> inContext(Consumer<? super S> change) {
        Given<S> given = new Given<>();
        Runnable inContext = context.apply(() -> change.accept(given.session()));
        return session -> {
            given.session = session;
            inContext.run();
        };
    }

    /** Holds the session that the change is applied to, as a task in a context takes no argument. */
    private static final class Given<S extends Session> {
        @Nullable
        S session;

        S session() {
            return Objects.requireNonNull(session);
        }
    }
}
