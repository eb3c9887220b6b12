package io.sessiontracker.edge;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/** Strikes at random moments around the one when a call is usually answered. A thread waits for them awake, to be in time. */
final class Aim implements AutoCloseable {

    private static final int SAMPLES = 51;

    private final ExecutorService striker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "edge-striker");
        thread.setDaemon(true);
        return thread;
    });
    private final long usual;

    private Aim(long usual) {
        this.usual = usual;
    }

    /** At the moment when that call usually returns. */
    static Aim at(Runnable call) {
        long[] took = new long[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            long from = System.nanoTime();
            call.run();
            took[i] = System.nanoTime() - from;
        }
        Arrays.sort(took);
        return new Aim(took[SAMPLES / 2]);
    }

    /** Up to twice the usual time. */
    Duration random() {
        return Duration.ofNanos(jitter());
    }

    /**
     * Has a strike made soon.
     *
     * @param before what makes the call come to its end, a moment before; null if it does so by itself
     */
    Shot fire(@Nullable Runnable before, Runnable strike) {
        long start = System.nanoTime();
        CountDownLatch done = new CountDownLatch(1);
        striker.execute(() -> {
            try {
                if (before != null) {
                    spinUntil(start + usual + jitter());
                    before.run();
                    spinUntil(System.nanoTime() + jitter());
                } else {
                    spinUntil(start + jitter());
                }
                strike.run();
            } finally {
                done.countDown();
            }
        });
        return new Shot(done);
    }

    private long jitter() {
        return ThreadLocalRandom.current().nextLong(2 * usual + 1);
    }

    private static void spinUntil(long nanoTime) {
        while (System.nanoTime() - nanoTime < 0) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        striker.shutdownNow();
    }

    /** A strike that is made or will be; its end is waited for, whatever interrupts that. */
    record Shot(CountDownLatch done) implements AutoCloseable {

        @Override
        public void close() {
            boolean over = false;
            while (!over) {
                try {
                    done.await();
                    over = true;
                } catch (InterruptedException struck) {
                    // It is what interrupts; it is over soon.
                }
            }
            // The next try begins without it.
            var unused = Thread.interrupted();
        }
    }
}
