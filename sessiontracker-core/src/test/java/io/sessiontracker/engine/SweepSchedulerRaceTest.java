package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A background sweep that several threads start and stop. Lincheck cannot follow the scheduler's timed waits. */
class SweepSchedulerRaceTest {

    private static final int ROUNDS = 300;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Queue<Thread> sweepers = new ConcurrentLinkedQueue<>();
    private final ClosableSessionTracker tracker = new SessionTrackerBuilder(
                    new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new Counter.Codec())
            .sweep(new SweepSettings(true, HOUR, HOUR, 100, 5))
            .sweepThread(this::thread)
            .buildIdle();

    private Thread thread(Runnable task) {
        Thread thread = SweepScheduler.daemon(task);
        sweepers.add(thread);
        return thread;
    }

    /** A scheduler that was forgotten would keep its thread. */
    @Test
    void shouldLeaveNoThreadBehind() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CyclicBarrier barrier = new CyclicBarrier(3);
            Thread[] threads = {
                racing(barrier, tracker::startSweeping, tracker::stopSweeping),
                racing(barrier, tracker::startSweeping, tracker::startSweeping),
                racing(barrier, tracker::stopSweeping, tracker::startSweeping)
            };
            for (Thread thread : threads) {
                thread.join();
            }
            tracker.stopSweeping();
            for (Thread sweeper = sweepers.poll(); sweeper != null; sweeper = sweepers.poll()) {
                sweeper.join(SOON.toMillis());
                assertThat(sweeper.isAlive()).as("sweeps after it was stopped").isFalse();
            }
        }
    }

    private static Thread racing(CyclicBarrier barrier, Runnable first, Runnable second) {
        Thread thread = new Thread(() -> {
            try {
                barrier.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            first.run();
            second.run();
        });
        thread.start();
        return thread;
    }
}
