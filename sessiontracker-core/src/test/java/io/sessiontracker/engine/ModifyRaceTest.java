package io.sessiontracker.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Many changes of one key by threads that do nothing else: a queue that is not guarded loses one, and its caller waits for ever. */
class ModifyRaceTest {

    private static final String KEY = "c-1";
    private static final int THREADS = 4;
    private static final int CHANGES = 10_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final BlockingSessionTracker tracker = (BlockingSessionTracker) new SessionTrackerBuilder(
                    new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new Counter.Codec())
            .buildIdle();
    private final AtomicBoolean changing = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
        tracker.close();
    }

    @Test
    void shouldMakeEachChangeOnceAndAlone() {
        tracker.start(new Counter(KEY)).orElseThrow();

        List<CompletableFuture<Void>> all = IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.runAsync(this::changeOften, threads))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        assertThat(tracker.peek(Counter.class, KEY).orElseThrow().value).isEqualTo(THREADS * CHANGES);
        assertThat(overlaps).hasValue(0);
        await().until(() -> tracker.modifiedKeys() == 0);
    }

    private void changeOften() {
        for (int i = 0; i < CHANGES; i++) {
            tracker.modify(Counter.class, KEY, this::change).orElseThrow();
        }
    }

    private void change(Counter counter) {
        if (!changing.compareAndSet(false, true)) {
            overlaps.incrementAndGet();
        }
        counter.value++;
        changing.set(false);
    }
}
