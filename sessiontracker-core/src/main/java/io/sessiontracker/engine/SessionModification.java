package io.sessiontracker.engine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;

/**
 * Optimistic change: read, change, store if nobody else wrote, else again. Each round that fails means that somebody
 * else's succeeded, so all together always get on; one that is slower than the rest gives up after some rounds.
 */
final class SessionModification {

    private static final int MAX_ROUNDS = 32;

    private final SessionOperations operations;

    SessionModification(SessionOperations operations) {
        this.operations = operations;
    }

    <S extends Session> CompletionStage<SessionResult<S>> modify(
            Class<S> type, String key, Consumer<? super S> change) {
        Objects.requireNonNull(change, "The change must not be null");
        return round(type, key, change, 1, null);
    }

    private <S extends Session> CompletionStage<SessionResult<S>> round(
            Class<S> type, String key, Consumer<? super S> change, int round, @Nullable Refused<S> refused) {
        return operations.get(type, key, true).thenCompose(read -> {
            if (!(read instanceof SessionResult.Success<S> success)) {
                return CompletableFuture.completedStage(read);
            }
            String id = success.value().getId();
            if (refused != null && !id.equals(refused.id)) {
                // Others ended the session that was read first: the change was meant for that.
                return CompletableFuture.completedStage(refused.result);
            }
            Stages.application(() -> {
                change.accept(success.value());
                return true;
            });
            return operations
                    .update(success.value(), false)
                    .thenCompose(stored -> isConflict(stored) && round < MAX_ROUNDS
                            ? round(type, key, change, round + 1, new Refused<>(id, stored))
                            : CompletableFuture.completedStage(stored));
        });
    }

    private record Refused<S extends Session>(String id, SessionResult<S> result) {}

    private static boolean isConflict(SessionResult<?> result) {
        return result instanceof SessionResult.Failure<?> failure
                && failure.error() instanceof SessionError.VersionConflict;
    }
}
