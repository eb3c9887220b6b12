package io.sessiontracker.engine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/** {@code modify} and {@code modifyOrStart} of one API; decides on which threads their changes run. */
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
        return observer.call(
                TrackerMethod.MODIFY, info, key, () -> modify(info, observer.address(info, key), change(change)));
    }

    /** Makes the change unless the operation was applied to the session before. */
    <S extends Session> CompletionStage<SessionResult<S>> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(
                TrackerMethod.MODIFY,
                info,
                key,
                () -> modify(info, observer.address(info, key), change(operationId, change)));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> modify(
            SessionTypeInfo<S> info, SessionAddress address, SessionChange<S> change) {
        if (transactions.isActive()) {
            return queues.modifyAlone(info, address, change);
        }
        return workers == null
                ? modifyHere(info, address, change)
                : submit(info, address, change, workers).answer();
    }

    /** Makes the change to the running session, or to a supplied one that is then started. */
    <S extends Session> CompletionStage<SessionResult<S>> modifyOrStart(
            SessionStarts starts,
            Class<S> type,
            String key,
            Supplier<? extends S> supplier,
            Consumer<? super S> change) {
        return modifyOrStart(starts, types.of(type), key, supplier, () -> change(change));
    }

    /** Makes the change unless the operation was applied to the running session before. */
    <S extends Session> CompletionStage<SessionResult<S>> modifyOrStart(
            SessionStarts starts,
            Class<S> type,
            String key,
            String operationId,
            Supplier<? extends S> supplier,
            Consumer<? super S> change) {
        return modifyOrStart(starts, types.of(type), key, supplier, () -> change(operationId, change));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> modifyOrStart(
            SessionStarts starts,
            SessionTypeInfo<S> info,
            String key,
            Supplier<? extends S> supplier,
            Supplier<SessionChange<S>> change) {
        return observer.call(TrackerMethod.MODIFY_OR_START, info, key, () -> {
            SessionAddress address = observer.address(info, key);
            SessionChange<S> made = change.get();
            Objects.requireNonNull(supplier, "The supplier must not be null");
            Supplier<S> changed = changed(info, address, supplier, queues.guarded(address, made));
            return modifyOrStart(starts, info, address, made, changed, queues.attempts());
        });
    }

    private <S extends Session> CompletionStage<SessionResult<S>> modifyOrStart(
            SessionStarts starts,
            SessionTypeInfo<S> info,
            SessionAddress address,
            SessionChange<S> change,
            Supplier<S> changed,
            int attempts) {
        // An answer may be there already: what follows must not run in the calling thread, unless that waits.
        Executor thread = workers == null ? Runnable::run : workers;
        return modify(info, address, change)
                .thenComposeAsync(
                        modified -> isAbsence(modified)
                                ? starts.start(info, address, Futures.application(changed), null)
                                : CompletableFuture.completedStage(modified),
                        thread)
                .thenCompose(result -> attempts > 1 && isInProgress(result)
                        ? modifyOrStart(starts, info, address, change, changed, attempts - 1)
                        : CompletableFuture.completedStage(result));
    }

    /** Returns what supplies a changed session, in the calling thread's context. */
    private <S extends Session> Supplier<S> changed(
            SessionTypeInfo<S> info, SessionAddress address, Supplier<? extends S> supplier, SessionChange<S> change) {
        AtomicReference<@Nullable S> changed = new AtomicReference<>();
        Runnable inContext = context.apply(() -> {
            S session = SessionStarts.requireSupplied(info, address, supplier.get());
            if (session == changed.get() || session.getVersion() > 0) {
                throw new IllegalArgumentException(
                        "The supplier for %s must give a new session each time; it gave %s again"
                                .formatted(address, session));
            }
            change.applyTo(session);
            changed.set(session);
        });
        return () -> {
            inContext.run();
            return Objects.requireNonNull(changed.get());
        };
    }

    private static boolean isAbsence(SessionResult<?> result) {
        return result instanceof SessionResult.Failure<?> failure
                && (failure.error() instanceof SessionError.NotFound
                        || failure.error() instanceof SessionError.AlreadyFinished);
    }

    private static boolean isInProgress(SessionResult<?> result) {
        return result instanceof SessionResult.Failure<?> failure && failure.error() instanceof SessionError.InProgress;
    }

    private <S extends Session> SessionChange<S> change(String operationId, Consumer<? super S> change) {
        Objects.requireNonNull(operationId, "The operation's id must not be null");
        if (operationId.isBlank()) {
            throw new IllegalArgumentException("The operation's id must not be blank");
        }
        return change(change).once(operationId);
    }

    private <S extends Session> SessionChange<S> change(Consumer<? super S> change) {
        Objects.requireNonNull(change, "The change must not be null");
        return SessionChange.of(inContext(change));
    }

    private <S extends Session> CompletableFuture<SessionResult<S>> modifyHere(
            SessionTypeInfo<S> info, SessionAddress address, SessionChange<S> change) {
        CallerThreadExecutor caller = new CallerThreadExecutor();
        ModifyCall<S> call = submit(info, address, change, caller);
        caller.await(call, address);
        return call.answer();
    }

    private <S extends Session> ModifyCall<S> submit(
            SessionTypeInfo<S> info, SessionAddress address, SessionChange<S> change, Executor thread) {
        ModifyCall<S> call = queues.call(address, change, thread);
        queues.submit(info, address, call);
        return call;
    }

    /** A task in a context takes no argument. */
    private <S> Consumer<S> inContext(Consumer<? super S> change) {
        AtomicReference<@Nullable S> given = new AtomicReference<>();
        Runnable inContext = context.apply(() -> change.accept(Objects.requireNonNull(given.get())));
        return argument -> {
            given.set(argument);
            inContext.run();
        };
    }
}
