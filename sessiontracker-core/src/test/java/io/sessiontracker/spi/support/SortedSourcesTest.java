package io.sessiontracker.spi.support;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SortedSourcesTest {

    private final List<Integer> fetched = new ArrayList<>();

    @Property(tries = 300)
    void shouldFindTheFirstOfAll(
            @ForAll @Size(min = 1, max = 6) List<@Size(max = 40) List<@IntRange(max = 50) Integer>> sources,
            @ForAll @IntRange(min = 1, max = 60) int limit) {
        List<List<Integer>> sorted = sources.stream()
                .map(source -> source.stream().distinct().sorted().toList())
                .toList();

        assertThat(first(sorted, limit))
                .isEqualTo(sorted.stream()
                        .flatMap(List::stream)
                        .sorted()
                        .limit(limit)
                        .toList());
    }

    @Test
    void shouldFetchFewMore() {
        List<List<Integer>> sources = new ArrayList<>(Collections.nCopies(100, List.of(1000, 1001, 1002, 1003)));
        sources.add(List.of(1, 2, 3, 4, 5, 6, 7, 8));

        assertThat(first(sources, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(fetched).containsExactly(101, 1, 1);
    }

    private List<Integer> first(List<List<Integer>> sources, int limit) {
        return SortedSources.first(
                        sources.size(),
                        limit,
                        Comparator.<Integer>naturalOrder(),
                        (List<SortedSources.Request<Integer>> requests) -> {
                            fetched.add(requests.size());
                            return CompletableFuture.completedStage(requests.stream()
                                    .map(request -> sources.get(request.source()).stream()
                                            .filter(each -> request.after() == null || each > request.after())
                                            .limit(request.count())
                                            .toList())
                                    .toList());
                        })
                .toCompletableFuture()
                .join();
    }
}
