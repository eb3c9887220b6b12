package io.sessiontracker.spi.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the first elements of several sorted sources together, and fetches few more than these: some of each source at first, and then
 * more of those only of which all were taken. Not safe for concurrent use.
 *
 * @param <T> an element
 */
public final class SortedSources<T> {

    private static final int GROWTH = 4;

    private final Comparator<? super T> order;
    private final Fetch<T> fetch;
    private final List<Source<T>> sources;

    /**
     * What to fetch.
     *
     * @param source its number, from 0
     * @param after the element after which to begin; null to begin
     * @param count how many at the most; fewer are its last ones
     */
    public record Request<T>(int source, @Nullable T after, int count) {}

    /** Fetches from several sources at once; answers in the order of the requests. */
    @FunctionalInterface
    public interface Fetch<T> {
        CompletionStage<? extends List<? extends List<T>>> fetch(List<Request<T>> requests);
    }

    private static final class Source<T> {
        private final Deque<T> ahead = new ArrayDeque<>();
        private final int number;
        private @Nullable T last;
        private int count;
        private boolean ended;

        Source(int number, int count) {
            this.number = number;
            this.count = count;
        }

        Request<T> next() {
            return new Request<>(number, last, count);
        }

        void add(List<T> fetched) {
            ahead.addAll(fetched);
            ended = fetched.size() < count;
            last = fetched.isEmpty() ? last : fetched.get(fetched.size() - 1);
            count *= GROWTH;
        }
    }

    private SortedSources(int count, int limit, Comparator<? super T> order, Fetch<T> fetch) {
        this.order = order;
        this.fetch = fetch;
        // Twice as many as the sources have on average: elements that are spread by a hash seldom need more.
        int each = 1 + (2 * limit) / count;
        this.sources = IntStream.range(0, count)
                .mapToObj(number -> new Source<T>(number, each))
                .toList();
    }

    /**
     * Returns the first elements of all sources.
     *
     * @param count how many sources there are; at least one
     * @param limit how many elements at the most; fewer are all
     * @param order that of each source
     */
    public static <T> CompletionStage<List<T>> first(
            int count, int limit, Comparator<? super T> order, Fetch<T> fetch) {
        SortedSources<T> merged = new SortedSources<>(count, limit, order, fetch);
        List<T> first = new ArrayList<>();
        return AsyncLoops.repeat(() -> {
                    merged.take(first, limit);
                    List<Source<T>> missing = merged.missing();
                    return first.size() == limit || missing.isEmpty()
                            ? CompletableFuture.completedStage(false)
                            : merged.fetch(missing);
                })
                .thenApply(nothing -> first);
    }

    private List<Source<T>> missing() {
        return sources.stream()
                .filter(source -> source.ahead.isEmpty() && !source.ended)
                .toList();
    }

    /** Takes elements as long as each source has one, or is at its end. */
    private void take(Collection<T> first, int limit) {
        while (first.size() < limit && missing().isEmpty()) {
            Source<T> next = sources.stream()
                    .filter(source -> !source.ahead.isEmpty())
                    .min(Comparator.comparing(source -> source.ahead.element(), order))
                    .orElse(null);
            if (next == null) {
                return;
            }
            first.add(next.ahead.remove());
        }
    }

    private CompletionStage<Boolean> fetch(List<Source<T>> missing) {
        return fetch.fetch(missing.stream().map(Source::next).toList()).thenApply(fetched -> {
            for (int i = 0; i < missing.size(); i++) {
                missing.get(i).add(fetched.get(i));
            }
            return true;
        });
    }
}
