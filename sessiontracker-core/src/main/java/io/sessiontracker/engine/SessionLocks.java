package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.engine.LockedReads.Taken;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockingReader;
import io.sessiontracker.spi.LockingReader.LockingReply;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;

/** Acquires locks, alone and together with the session that they guard. */
final class SessionLocks {

    private final SessionTypes types;
    private final SessionLockProvider provider;
    private final @Nullable LockingReader reader;
    private final RecordedLocks recorded;
    private final LockedReads reads;
    private final OwnedLocks owned;
    private final StoreReplyMapper replies;
    private final LossCallbacks losses;
    private final SessionInstrumentation instrumentation;
    private final OperationObserver observer;
    private final LockWaits waits;

    /**
     * Creates the locks of an API.
     *
     * @param reader acquires a lock and reads its session in one step, if provider and store can
     */
    SessionLocks(
            SessionTypes types,
            SessionLockProvider provider,
            @Nullable LockingReader reader,
            RecordedLocks recorded,
            OwnedLocks owned,
            SessionOperations operations,
            StoreReplyMapper replies,
            LossCallbacks losses,
            OperationObserver observer) {
        this.types = types;
        this.provider = provider;
        this.reader = reader;
        this.recorded = recorded;
        this.owned = owned;
        this.reads = new LockedReads(operations, replies);
        this.replies = replies;
        this.losses = losses;
        this.instrumentation = observer.instrumentation();
        this.observer = observer;
        this.waits = new LockWaits(observer.instrumentation());
    }

    /** Waits for the lock within the call, so that the caller's thread asks whose session it guards. */
    CompletionStage<SessionResult<DefaultSessionLock>> lockWaiting(
            Class<? extends Session> type, String key, LockOptions options) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call(TrackerMethod.LOCK, info, key, () -> {
            SessionAddress own = observer.address(info, key);
            CompletableFuture<SessionResult<DefaultSessionLock>> asked = acquire(info, key, options);
            return own.owner() == null ? asked : owned.check(own, Futures.join(asked));
        });
    }

    /** Does not block. Cancelling the returned future withdraws the request; a lock that is granted all the same is released. */
    CompletableFuture<SessionResult<DefaultSessionLock>> lock(
            Class<? extends Session> type, String key, LockOptions options, CallbackExecutor workers) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call(TrackerMethod.LOCK, info, key, () -> {
            SessionAddress own = observer.address(info, key);
            CompletableFuture<SessionResult<DefaultSessionLock>> asked = acquire(info, key, options);
            return own.owner() == null
                    ? asked
                    : workers.answer(asked, locked -> owned.check(own, locked), DefaultSessionLock::release);
        });
    }

    private CompletableFuture<SessionResult<DefaultSessionLock>> acquire(
            SessionTypeInfo<?> info, String key, LockOptions options) {
        LockRequest request = info.lockRequest(key, options);
        return onceRecorded(
                request.address(),
                () -> LockAnswer.of(acquire(request), reply -> handle(request, reply), DefaultSessionLock::release),
                DefaultSessionLock::release);
    }

    /**
     * Waits for the lock within the call, so that the session is read by the caller's thread and not by one of the lock service's
     * driver.
     */
    <S extends Session> CompletionStage<SessionResult<HeldSession<S>>> getLockedWaiting(
            Class<S> type, String key, LockOptions options) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(TrackerMethod.GET_LOCKED, info, key, () -> {
            SessionAddress own = observer.address(info, key);
            return reads.read(info, own, Futures.join(acquireToRead(info, own, options)));
        });
    }

    /** Does not block; a worker reads the session. Cancelling the returned future withdraws the request. */
    <S extends Session, T> CompletableFuture<SessionResult<T>> getLocked(
            Class<S> type,
            String key,
            LockOptions options,
            CallbackExecutor workers,
            Function<HeldSession<S>, T> handle) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(TrackerMethod.GET_LOCKED, info, key, () -> {
            SessionAddress own = observer.address(info, key);
            return workers.answer(
                    acquireToRead(info, own, options),
                    taken -> reads.read(info, own, taken).thenApply(read -> read.map(handle)),
                    taken -> taken.lock().release());
        });
    }

    /** Makes a request at once if it is known that no other lock provider is in use. */
    private <T> CompletableFuture<SessionResult<T>> onceRecorded(
            SessionAddress address, Supplier<CompletableFuture<SessionResult<T>>> request, Consumer<T> release) {
        return recorded.record().isConfirmed() ? request.get() : recorded.ask(address, request, release);
    }

    private CompletionStage<LockReply> acquire(LockRequest request) {
        return waits.observed(request, System.nanoTime(), provider.acquire(request), LockReply::status);
    }

    /** Acquires a lock whose session is then {@linkplain LockedReads#read read}, if it was not read with the lock. */
    private CompletableFuture<SessionResult<Taken>> acquireToRead(
            SessionTypeInfo<?> info, SessionAddress own, LockOptions options) {
        LockRequest request = info.lockRequest(own.key(), options);
        Consumer<Taken> release = taken -> taken.lock().release();
        LockingReader both = own.owner() == null ? reader : null;
        return onceRecorded(
                request.address(),
                () -> both == null
                        ? LockAnswer.of(
                                acquire(request),
                                reply -> handle(request, reply).map(lock -> new Taken(lock, null)),
                                release)
                        : LockAnswer.of(
                                waits.observed(
                                        request, System.nanoTime(), both.acquireAndGet(request), LockingReply::status),
                                reply -> taken(info, request, reply),
                                release),
                release);
    }

    private SessionResult<Taken> taken(SessionTypeInfo<?> info, LockRequest request, LockingReply reply) {
        if (reply instanceof LockingReply.Locked locked) {
            return handle(request, locked.lock()).map(lock -> new Taken(lock, locked.session()));
        }
        return reply instanceof LockingReply.NoSession none
                ? replies.failure(request.address(), info, null, none.reply())
                : refused(request.address(), ((LockingReply.NotLocked) reply).refusal());
    }

    private SessionResult<DefaultSessionLock> handle(LockRequest request, LockReply reply) {
        if (reply instanceof LockReply.Acquired acquired) {
            return SessionResult.success(new DefaultSessionLock(
                    request.address(),
                    acquired.lock(),
                    acquired.askedAt(),
                    request.leaseTime(),
                    request.renewed(),
                    losses,
                    instrumentation));
        }
        return refused(request.address(), (LockReply.Refused) reply);
    }

    private static <T extends @Nullable Object> SessionResult<T> refused(
            SessionAddress address, LockReply.Refused refused) {
        return SessionResult.failure(new SessionError.LockNotAcquired(address.type(), address.key(), refused.status()));
    }
}
