package io.sessiontracker.spi.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockReleaseRetryTest {

    private static final long LEASE = 10_000;

    private final Deque<CompletableFuture<Boolean>> replies = new ArrayDeque<>();
    private final List<Long> delays = new ArrayList<>();
    private final LockReleaseRetry retry = new LockReleaseRetry(this::unlock, LEASE, (task, delay) -> {
        delays.add(delay);
        task.run();
    });

    private CompletableFuture<Boolean> unlock() {
        CompletableFuture<Boolean> reply = replies.poll();
        return reply == null ? CompletableFuture.failedFuture(new IllegalStateException("expected")) : reply;
    }

    @Test
    void shouldRetryAtGrowingIntervalsUntilTheLeaseIsOver() {
        assertThat(retry.releaseHeld()).isCompletedExceptionally();

        assertThat(delays).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, LEASE);
    }

    @Test
    void shouldNotRetryALockThatIsNoLongerHeld() {
        replies.add(CompletableFuture.completedFuture(false));

        assertThat(retry.releaseHeld()).isCompleted();

        assertThat(delays).isEmpty();
    }

    @Test
    void shouldRetryALockInDoubtUntilItWasFound() {
        replies.add(CompletableFuture.completedFuture(false));
        replies.add(CompletableFuture.completedFuture(true));

        assertThat(retry.releaseInDoubt()).isCompleted();

        assertThat(delays).containsExactly(1_000L);
    }
}
