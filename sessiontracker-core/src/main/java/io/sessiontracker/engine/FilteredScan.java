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

/**
 * Scans for the sessions that a filter matches, and reads no more of them than it has to. The store applies what
 * it can of the filter, and this the rest. Not safe for concurrent use.
 */
final class FilteredScan {

    /** Smallest page where sessions have to be read to find those that match. */
    private static final int MIN_FILTERED_PAGE = 100;

    private final DispatchingDataProvider store;
    private final Consumer<SessionScan.Unreadable> unreadable;
    private final Deque<SessionScan.Item> ahead = new ArrayDeque<>();
    private SessionScan next;
    private boolean isExact;
    private boolean ended;

    /** @param begin where to begin; its limit means nothing */
    FilteredScan(DispatchingDataProvider store, SessionScan begin, Consumer<SessionScan.Unreadable> unreadable) {
        this.store = store;
        this.next = begin;
        this.unreadable = unreadable;
        this.isExact = begin.filter() == null;
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
        SessionScan scan = next.page(next.after(), limit);
        return store.scan(scan).thenApply(reply -> {
            SessionFilter residual = reply.residual();
            reply.unreadable().forEach(unreadable);
            reply.sessions().stream()
                    .filter(item -> residual == null || scan.matches(residual, item))
                    .forEach(ahead::add);
            isExact = residual == null;
            next = next.page(reply.next(), limit);
            ended = reply.next() == null;
            return true;
        });
    }
}
