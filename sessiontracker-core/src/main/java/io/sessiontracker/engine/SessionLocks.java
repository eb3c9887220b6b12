package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockStatus;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockingReader;
import io.sessiontracker.spi.LockingReader.LockingReply;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Acquires locks, alone and together with the session that they guard. */
final class SessionLocks {

    private final SessionTypes types;
    private final SessionLockProvider provider;
    private final @Nullable LockingReader reader;
    private final RecordedLocks recorded;
    private final SessionOperations operations;
    private final StoreReplyMapper replies;
    private final SessionInstrumentation instrumentation;
    private final OperationObserver observer;

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
            SessionOperations operations,
            StoreReplyMapper replies,
            OperationObserver observer) {
        this.types = types;
        this.provider = provider;
        this.reader = reader;
        this.recorded = recorded;
        this.operations = operations;
        this.replies = replies;
        this.instrumentation = observer.instrumentation();
        this.observer = observer;
    }

    /** Cancelling the returned future withdraws the request; a lock that is granted all the same is released. */
    CompletableFuture<SessionResult<DefaultSessionLock>> lock(
            Class<? extends Session> type, String key, LockOptions options) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call("lock", info, key, () -> {
            LockRequest request = info.lockRequest(key, options);
            return onceRecorded(
                    request.address(),
                    () -> LockAnswer.of(acquire(request), reply -> handle(request, reply), DefaultSessionLock::release),
                    DefaultSessionLock::release);
        });
    }

    /**
     * Waits for the lock within the call, so that the session is read by the caller's thread and not by one of the lock service's
     * driver.
     */
    <S extends Session> CompletionStage<SessionResult<HeldSession<S>>> getLockedWaiting(
            Class<S> type, String key, LockOptions options) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(
                "getLocked", info, key, () -> read(info, key, Futures.join(acquireToRead(info, key, options))));
    }

    /** Does not block; a worker reads the session. Cancelling the returned future withdraws the request. */
    <S extends Session, T> CompletableFuture<SessionResult<T>> getLocked(
            Class<S> type,
            String key,
            LockOptions options,
            CallbackExecutor workers,
            Function<HeldSession<S>, T> handle) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(
                "getLocked",
                info,
                key,
                () -> workers.answer(
                        acquireToRead(info, key, options),
                        taken -> read(info, key, taken).thenApply(read -> read.map(handle)),
                        taken -> taken.lock().release()));
    }

    /** Makes a request at once if it is known that no other lock provider is in use. */
    private <T> CompletableFuture<SessionResult<T>> onceRecorded(
            SessionAddress address, Supplier<CompletableFuture<SessionResult<T>>> request, Consumer<T> release) {
        return recorded.record().isConfirmed() ? request.get() : recorded.ask(address, request, release);
    }

    private CompletionStage<LockReply> acquire(LockRequest request) {
        return timed(request, provider::acquire, LockReply::status);
    }

    private <R> CompletionStage<R> timed(
            LockRequest request, Function<LockRequest, CompletionStage<R>> service, Function<R, LockStatus> status) {
        long from = System.nanoTime();
        CompletionStage<R> reply = service.apply(request);
        if (instrumentation != SessionInstrumentation.NONE) {
            String type = request.address().type();
            var unused = reply.whenComplete((answer, failure) -> {
                if (failure == null) {
                    Duration wait = Duration.ofNanos(System.nanoTime() - from);
                    instrumentation.lockAnswered(type, wait, status.apply(answer));
                } else if (!(Futures.cause(failure) instanceof CancellationException)) {
                    instrumentation.lockFailed(type, Futures.cause(failure));
                }
            });
        }
        return reply;
    }

    /** Acquires a lock whose session is then {@linkplain #read read}, if it was not read with the lock. */
    private CompletableFuture<SessionResult<Taken>> acquireToRead(
            SessionTypeInfo<?> info, String key, LockOptions options) {
        LockRequest request = info.lockRequest(key, options);
        Consumer<Taken> release = taken -> taken.lock().release();
        LockingReader both = reader;
        return onceRecorded(
                request.address(),
                () -> both == null
                        ? LockAnswer.of(
                                acquire(request),
                                reply -> handle(request, reply).map(lock -> new Taken(lock, null)),
                                release)
                        : LockAnswer.of(
                                timed(request, both::acquireAndGet, LockingReply::status),
                                reply -> taken(info.type(), request, reply),
                                release),
                release);
    }

    private SessionResult<Taken> taken(Class<? extends Session> type, LockRequest request, LockingReply reply) {
        if (reply instanceof LockingReply.Locked locked) {
            return handle(request, locked.lock()).map(lock -> new Taken(lock, locked.session()));
        }
        return reply instanceof LockingReply.NoSession none
                ? replies.failure(request.address(), type, null, none.reply())
                : refused(request.address(), ((LockingReply.NotLocked) reply).refusal());
    }

    /**
     * Reads the session that an acquired lock guards. Unless that succeeds, the lock is released before the stage completes; if the
     * stage is cancelled, the lock is released once the session was read.
     */
    private <S extends Session> CompletionStage<SessionResult<HeldSession<S>>> read(
            SessionTypeInfo<S> info, String key, SessionResult<Taken> acquired) {
        if (!(acquired instanceof SessionResult.Success<Taken> success)) {
            return CompletableFuture.completedStage(
                    SessionResult.failure(((SessionResult.Failure<Taken>) acquired).error()));
        }
        DefaultSessionLock lock = success.value().lock();
        CompletableFuture<SessionResult<HeldSession<S>>> answer = new CompletableFuture<>();
        var unusedAnswer = read(info, key, success.value().read()).whenComplete((read, failure) -> {
            if (failure != null) {
                var unused = lock.release()
                        .whenComplete((done, ignored) -> answer.completeExceptionally(Futures.cause(failure)));
            } else if (read.isFailure()) {
                var unused = lock.release()
                        .whenComplete((done, ignored) -> answer.complete(read.map(session -> held(session, lock))));
            } else if (!answer.complete(read.map(session -> held(session, lock)))) {
                var unused = lock.release();
            }
        });
        return answer;
    }

    private <S extends Session> CompletionStage<SessionResult<S>> read(
            SessionTypeInfo<S> info, String key, @Nullable StoreReply already) {
        try {
            SessionAddress address = info.address(key);
            return already == null
                    ? operations.read(info, address)
                    : CompletableFuture.completedStage(replies.session(address, info.type(), null, already));
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    private static <S extends Session> HeldSession<S> held(S session, DefaultSessionLock lock) {
        return new HeldSession<>(session, lock);
    }

    private SessionResult<DefaultSessionLock> handle(LockRequest request, LockReply reply) {
        if (reply instanceof LockReply.Acquired acquired) {
            return SessionResult.success(new DefaultSessionLock(
                    request.address(),
                    acquired.lock(),
                    acquired.askedAt(),
                    request.leaseTime(),
                    request.renewed(),
                    instrumentation));
        }
        return refused(request.address(), (LockReply.Refused) reply);
    }

    private static <T extends @Nullable Object> SessionResult<T> refused(
            SessionAddress address, LockReply.Refused refused) {
        return SessionResult.failure(new SessionError.LockNotAcquired(address.type(), address.key(), refused.status()));
    }

    /**
     * A lock that is held.
     *
     * @param read the reply that came with it; null if its session was not read
     */
    record Taken(DefaultSessionLock lock, @Nullable StoreReply read) {}
}
