package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Reads sessions whose lock is held, and releases the lock where that fails. */
record LockedReads(SessionOperations operations, StoreReplyMapper replies) {

    /**
     * A lock that is held.
     *
     * @param read the reply that came with it; null if its session was not read
     */
    record Taken(DefaultSessionLock lock, @Nullable StoreReply read) {}

    /**
     * Reads the session that an acquired lock guards. Unless that succeeds, the lock is released before the stage completes; if the
     * stage is cancelled, the lock is released once the session was read.
     */
    <S extends Session> CompletionStage<SessionResult<HeldSession<S>>> read(
            SessionTypeInfo<S> info, SessionAddress address, SessionResult<Taken> acquired) {
        if (!(acquired instanceof SessionResult.Success<Taken> success)) {
            return CompletableFuture.completedStage(
                    SessionResult.failure(((SessionResult.Failure<Taken>) acquired).error()));
        }
        DefaultSessionLock lock = success.value().lock();
        CompletableFuture<SessionResult<HeldSession<S>>> answer = new CompletableFuture<>();
        var unusedAnswer = read(info, address, success.value().read()).whenComplete((read, failure) -> {
            if (failure != null) {
                var unused = lock.release()
                        .whenComplete((done, ignored) -> answer.completeExceptionally(Futures.cause(failure)));
                return;
            }
            SessionResult<HeldSession<S>> held = read.map(session -> new HeldSession<>(session, lock));
            if (held.isFailure()) {
                var unused = lock.release().whenComplete((done, ignored) -> answer.complete(held));
            } else if (!answer.complete(held)) {
                var unused = lock.release();
            }
        });
        return answer;
    }

    private <S extends Session> CompletionStage<SessionResult<S>> read(
            SessionTypeInfo<S> info, SessionAddress address, @Nullable StoreReply already) {
        try {
            return already == null
                    ? operations.read(info, address)
                    : CompletableFuture.completedStage(replies.session(address, info, null, already));
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedStage(failed);
        }
    }
}
