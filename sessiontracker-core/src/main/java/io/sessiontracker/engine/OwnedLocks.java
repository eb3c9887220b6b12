package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;

/** Checks, once a lock is held, whether the session that it guards is the caller's own; until then it might become another's. */
record OwnedLocks(SessionDataProvider store) {

    /**
     * Answers the same, unless the session is another owner's: then the lock is released, and the stage fails with a {@link
     * SessionAccessDeniedException}. A store that blocks does so here.
     *
     * @param address with whom the lock's holder may act for
     */
    CompletionStage<SessionResult<DefaultSessionLock>> check(
            SessionAddress address, SessionResult<DefaultSessionLock> locked) {
        if (address.owner() == null || !(locked instanceof SessionResult.Success<DefaultSessionLock> success)) {
            return CompletableFuture.completedStage(locked);
        }
        DefaultSessionLock lock = success.value();
        CompletableFuture<SessionResult<DefaultSessionLock>> answer = new CompletableFuture<>();
        var unusedReply = expiry(address).whenComplete((reply, failure) -> {
            if (failure == null && !(reply instanceof StoreReply.OtherOwner)) {
                answer.complete(locked);
            } else {
                Throwable refusal = failure == null ? denied(address) : Futures.cause(failure);
                var unused = lock.release().whenComplete((released, ignored) -> answer.completeExceptionally(refusal));
            }
        });
        return answer;
    }

    private CompletionStage<StoreReply> expiry(SessionAddress address) {
        try {
            return store.expiry(address, null);
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    private static SessionAccessDeniedException denied(SessionAddress address) {
        return OperationObserver.denied(TrackerMethod.LOCK, address, "another owner's session is there");
    }
}
