package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;

/** Locks, alone and together with the session they guard. */
final class SessionLocks {

    private final SessionTypes types;
    private final SessionLockProvider provider;
    private final SessionOperations operations;

    SessionLocks(SessionTypes types, SessionLockProvider provider, SessionOperations operations) {
        this.types = types;
        this.provider = provider;
        this.operations = operations;
    }

    /** Cancelling the answer withdraws the request; a lock that it gets all the same is released. */
    CompletableFuture<SessionResult<LeasedLock>> acquire(
            Class<? extends Session> type, String key, LockOptions options) {
        LockRequest request = request(types.of(type), key, options);
        CompletableFuture<LockReply> asked = provider.acquire(request).toCompletableFuture();
        CompletableFuture<SessionResult<LeasedLock>> answer = new CompletableFuture<>();
        var unusedCancellation = answer.whenComplete((result, failure) -> {
            if (answer.isCancelled()) {
                asked.cancel(true);
            }
        });
        var unusedAnswer = asked.whenComplete((reply, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(Stages.cause(failure));
            } else if (reply instanceof LockReply.Acquired acquired) {
                LeasedLock lock = handle(request, acquired);
                if (!answer.complete(SessionResult.success(lock))) {
                    var unused = lock.release();
                }
            } else {
                answer.complete(refused(request.address(), (LockReply.Refused) reply));
            }
        });
        return answer;
    }

    /**
     * Reads the session that an acquired lock guards. Unless that succeeds, the lock is freed before the answer is given; if
     * the answer is cancelled, the lock is freed once the session was read.
     */
    <S extends Session> CompletionStage<SessionResult<LockedSession<S>>> read(
            Class<S> type, String key, SessionResult<LeasedLock> acquired) {
        if (!(acquired instanceof SessionResult.Success<LeasedLock> success)) {
            return CompletableFuture.completedStage(
                    SessionResult.failure(((SessionResult.Failure<LeasedLock>) acquired).error()));
        }
        LeasedLock lock = success.value();
        CompletableFuture<SessionResult<LockedSession<S>>> answer = new CompletableFuture<>();
        var unusedAnswer = get(type, key).whenComplete((read, failure) -> {
            if (failure != null) {
                var unused = lock.release()
                        .whenComplete((done, ignored) -> answer.completeExceptionally(Stages.cause(failure)));
            } else if (read.isFailure()) {
                var unused = lock.release()
                        .whenComplete((done, ignored) -> answer.complete(read.map(session -> held(session, lock))));
            } else if (!answer.complete(read.map(session -> held(session, lock)))) {
                var unused = lock.release();
            }
        });
        return answer;
    }

    private <S extends Session> CompletionStage<SessionResult<S>> get(Class<S> type, String key) {
        try {
            return operations.get(type, key, true);
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    private static <S extends Session> LockedSession<S> held(S session, LeasedLock lock) {
        return new HeldSession<>(session, lock);
    }

    private static LeasedLock handle(LockRequest request, LockReply.Acquired acquired) {
        return new LeasedLock(
                request.address(), acquired.lock(), acquired.askedAt(), request.leaseTime(), request.renewed());
    }

    private static LockRequest request(SessionTypeInfo<?> info, String key, LockOptions options) {
        Objects.requireNonNull(options, "The lock options must not be null");
        LockSettings settings = info.lock();
        return new LockRequest(
                info.address(key),
                orElse(options.leaseTime(), settings.leaseTime()),
                orElse(options.waitTime(), settings.waitTime()),
                orElse(options.retryInterval(), settings.retryInterval()),
                options.renewed());
    }

    private static Duration orElse(@Nullable Duration value, Duration setting) {
        return value != null ? value : setting;
    }

    private static <T extends @Nullable Object> SessionResult<T> refused(
            SessionAddress address, LockReply.Refused refused) {
        return SessionResult.failure(new SessionError.LockNotAcquired(address.type(), address.key(), refused.status()));
    }

    private record HeldSession<S extends Session>(S session, LeasedLock lock) implements LockedSession<S> {
        @Override
        public void close() {
            lock.close();
        }
    }
}
