package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * Finishes or deletes the sessions that a filter matches, a batch at a time: all requests of a batch are sent before the first reply is
 * awaited. A session that is changed meanwhile is read again, and ended if it still matches.
 *
 * @param finished whether the finished sessions are meant, or the running ones
 */
record BulkCall(
        DispatchingDataProvider store,
        SessionTypeInfo<?> info,
        SessionFilter filter,
        boolean finished,
        StoreCall call) {

    private static final int BATCH_SIZE = 100;
    private static final int MAX_ATTEMPTS = 8;

    /** Returns how many sessions were ended. */
    CompletionStage<Long> run(FilteredScan scan) {
        AtomicLong count = new AtomicLong();
        return AsyncLoops.repeat(() -> scan.next(BATCH_SIZE).thenCompose(batch -> run(batch, count)))
                .thenApply(nothing -> count.get());
    }

    private CompletionStage<Boolean> run(List<SessionScan.Item> batch, AtomicLong count) {
        List<CompletionStage<StoreReply>> sent =
                batch.stream().map(item -> send(store.direct(), item)).toList();
        return store.dispatcher()
                .dispatch(info.name(), AsyncLoops.settle(sent))
                .thenCompose(outcomes -> {
                    List<CompletionStage<Boolean>> ended = new ArrayList<>();
                    for (int i = 0; i < outcomes.size(); i++) {
                        ended.add(complete(batch.get(i), outcomes.get(i)));
                    }
                    return AsyncLoops.all(ended);
                })
                .thenApply(ended -> {
                    count.addAndGet(ended.stream().filter(Boolean::booleanValue).count());
                    return !batch.isEmpty();
                });
    }

    private CompletionStage<StoreReply> send(SessionDataProvider to, SessionScan.Item item) {
        return call.send(to, info.address(item.key()), item.session().version());
    }

    private CompletionStage<Boolean> complete(SessionScan.Item item, AsyncLoops.Outcome<StoreReply> outcome) {
        Throwable failure = outcome.failure();
        if (failure != null) {
            return CompletableFuture.failedStage(failure);
        }
        try {
            return complete(item, Objects.requireNonNull(outcome.value()), 1);
        } catch (RuntimeException | Error failed) {
            // The others of the batch are completed all the same.
            return CompletableFuture.failedStage(failed);
        }
    }

    private CompletionStage<Boolean> complete(SessionScan.Item item, StoreReply reply, int attempt) {
        SessionResult<@Nullable Void> result =
                call.complete(info.address(item.key()), item.session().version(), reply);
        boolean conflict = result.failure()
                .filter(SessionError.VersionConflict.class::isInstance)
                .isPresent();
        // A finished session is never changed, only replaced by another, which the query need not see.
        if (!conflict || finished || attempt == MAX_ATTEMPTS) {
            return CompletableFuture.completedStage(result.isSuccess());
        }
        return readAgain(item)
                .thenCompose(changed -> changed.isEmpty()
                        ? CompletableFuture.completedStage(false)
                        : send(store, changed.get()).thenCompose(next -> complete(changed.get(), next, attempt + 1)));
    }

    /** Returns the session as it is now, if the filter still matches. */
    private CompletionStage<Optional<SessionScan.Item>> readAgain(SessionScan.Item item) {
        return store.get(info.address(item.key()), false, info.runningLifetimes())
                .thenApply(reply -> reply instanceof StoreReply.Done done && done.session() != null
                        ? Optional.of(new SessionScan.Item(item.key(), done.session(), item.cursor()))
                                .filter(changed -> SessionScan.matches(filter, info.name(), changed))
                        : Optional.empty());
    }
}
