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
 * Scans for the sessions that a filter matches, and reads no more of them than it has to. The filter is applied to what a store
 * answers, whether or not the store used a clause of it. Not safe for concurrent use.
 */
final class FilteredScan {

    /** Smallest page where sessions have to be read to find those that match. */
    private static final int MIN_FILTERED_PAGE = 100;

    private final DispatchingDataProvider store;
    private final SessionTypeInfo<?> info;
    private final @Nullable SessionFilter filter;
    private final boolean finished;
    private final Consumer<SessionScan.Unreadable> unreadable;
    private final List<SessionScan.Clause> clauses;
    private final Deque<SessionScan.Item> ahead = new ArrayDeque<>();
    private @Nullable String position;
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
        this.clauses = clauses(info, filter);
        this.position = after;
        this.ended = clauses.stream().anyMatch(clause -> clause.values().isEmpty());
    }

    private static List<SessionScan.Clause> clauses(SessionTypeInfo<?> info, @Nullable SessionFilter filter) {
        List<SessionScan.Clause> clauses = new ArrayList<>();
        if (filter != null) {
            info.indexedProperties()
                    .forEach(property -> filter.requiredValues(property)
                            .ifPresent(values -> clauses.add(new SessionScan.Clause(property, values))));
        }
        return clauses;
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
        int limit = filter == null ? count : Math.max(count, MIN_FILTERED_PAGE);
        return store.scan(new SessionScan(info.name(), finished, position, limit, clauses))
                .thenApply(reply -> {
                    reply.unreadable().forEach(unreadable);
                    reply.sessions().stream().filter(this::matches).forEach(ahead::add);
                    position = reply.next();
                    ended = position == null;
                    return true;
                });
    }

    private boolean matches(SessionScan.Item item) {
        return filter == null || matches(filter, info.name(), item);
    }

    static boolean matches(SessionFilter filter, String type, SessionScan.Item item) {
        return filter.matches(name -> property(type, item, name));
    }

    private static @Nullable String property(String type, SessionScan.Item item, String name) {
        return switch (name) {
            case "$Key" -> item.key();
            case "$Id" -> item.session().version().id();
            case "$Type" -> type;
            case "$Version" -> Long.toString(item.session().version().version());
            case "$StartTime" -> Long.toString(item.session().startedAt());
            default -> item.session().data().properties().get(name);
        };
    }
}
