package io.sessiontracker.spi.support;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncLoopsTest {

    private final AtomicInteger steps = new AtomicInteger();

    @Test
    void shouldRepeatUntilAStepAnswersFalse() {
        CompletionStage<?> end =
                AsyncLoops.repeat(() -> CompletableFuture.completedFuture(steps.incrementAndGet() < 100_000));

        assertThat(end).isCompleted();
        assertThat(steps).hasValue(100_000);
    }

    @Test
    void shouldNotBeginAStepBeforeTheOneBeforeItIsComplete() {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        CompletionStage<?> end = AsyncLoops.repeat(() -> steps.incrementAndGet() == 1 ? first : done());

        assertThat(steps).hasValue(1);
        first.complete(true);

        assertThat(steps).hasValue(2);
        assertThat(end).isCompleted();
    }

    @Test
    void shouldEndWithTheFirstFailure() {
        IllegalStateException failure = new IllegalStateException("expected");

        assertThat(AsyncLoops.repeat(() -> CompletableFuture.failedFuture(failure)))
                .isCompletedExceptionally();
        assertThat(AsyncLoops.repeat(() -> {
                    throw failure;
                }))
                .isCompletedExceptionally();
    }

    @Test
    void shouldKeepTheOrderOfResults() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        CompletionStage<List<String>> all = AsyncLoops.all(List.of(slow, CompletableFuture.completedFuture("b")));

        slow.complete("a");

        assertThat(all).isCompletedWithValue(List.of("a", "b"));
    }

    private static CompletableFuture<Boolean> done() {
        return CompletableFuture.completedFuture(false);
    }
}
