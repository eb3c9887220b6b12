package io.sessiontracker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * Scans for the sessions that a filter matches, and reads no more of them than it has to. The store applies what
 * it can of the filter, and this the rest. Not safe for concurrent use.
 */
final class FilteredScan {

    /** Smallest page where sessions have to be read to find those that match. */
    private static final int MIN_FILTERED_PAGE = 100;

    private final DispatchingDataProvider store;
    private final SessionTypeInfo<?> info;
    private final @Nullable SessionFilter filter;
    private final boolean finished;
    private final Consumer<SessionScan.Unreadable> unreadable;
    private final Deque<SessionScan.Item> ahead = new ArrayDeque<>();
    private @Nullable String position;
    private boolean isExact;
    private boolean ended;

    FilteredScan(
            DispatchingDataProvider store,
            SessionTypeInfo<?> info,
            @Nullable SessionFilter filter,
            boolean finished,
            @Nullable String after,
            Consumer<SessionScan.Unreadable> unreadable) {
        this.store = store;
        this.info = info;
        this.filter = filter;
        this.finished = finished;
        this.unreadable = unreadable;
        this.position = after;
        this.isExact = filter == null;
    }

    /** Returns up to {@code count} more matches; none only at the end. */
    CompletionStage<List<SessionScan.Item>> next(int count) {
        return AsyncLoops.repeat(
                        () -> ahead.isEmpty() && !ended ? scan(count) : CompletableFuture.completedStage(false))
                .thenApply(nothing -> {
                    List<SessionScan.Item> next = new ArrayList<>();
                    while (next.size() < count && !ahead.isEmpty()) {
                        next.add(ahead.remove());
                    }
                    return next;
                });
    }

    private CompletionStage<Boolean> scan(int count) {
        int limit = isExact ? count : Math.max(count, MIN_FILTERED_PAGE);
        SessionScan scan = new SessionScan(info.name(), finished, position, limit, filter, info.indexedProperties());
        return store.scan(scan).thenApply(reply -> {
            SessionFilter residual = reply.residual();
            reply.unreadable().forEach(unreadable);
            reply.sessions().stream()
                    .filter(item -> residual == null || scan.matches(residual, item))
                    .forEach(ahead::add);
            isExact = residual == null;
            position = reply.next();
            ended = position == null;
            return true;
        });
    }
}
