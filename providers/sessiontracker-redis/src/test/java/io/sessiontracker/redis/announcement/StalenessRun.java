package io.sessiontracker.redis.announcement;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.redis.announcement.CachingNode.Basket;

import static org.assertj.core.api.Assertions.assertThat;

/** One instance changes a session and another one reads it, while something is at fault. */
final class StalenessRun {

    static final Duration MAX_STALENESS = Duration.ofMillis(400);

    private static final Duration MEASURED =
            Duration.ofMillis(Long.getLong("sessiontracker.test.staleness.millis", 2_500));

    private final CachingNode writer;
    private final CachingNode reader;
    private final StalenessLog log = new StalenessLog();

    StalenessRun(CachingNode writer, CachingNode reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /** Lets the fault begin and end time and again. */
    void assertNeverExceeded(String name, Runnable begin, Runnable end) throws InterruptedException {
        writer.tracker.start(new Basket("b-1")).orElseThrow();
        reader.awaitHit("b-1");
        List<Thread> threads = Stream.<Runnable>of(this::write, this::read, this::read)
                .map(Thread::new)
                .toList();
        threads.forEach(Thread::start);
        long over = System.nanoTime() + MEASURED.toNanos();
        while (System.nanoTime() < over) {
            begin.run();
            TimeUnit.MILLISECONDS.sleep(2 * MAX_STALENESS.toMillis());
            end.run();
            TimeUnit.MILLISECONDS.sleep(MAX_STALENESS.toMillis());
        }
        log.end();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(name + ": " + log + ", " + reader.hits + " from memory");

        assertThat(log.worst()).isLessThan(MAX_STALENESS);
        assertThat(reader.hits.get()).isPositive();
        reader.awaitHit("b-1");
    }

    /** Rests now and then, so that a change whose announcement was lost is not followed by others. */
    private void write() {
        while (log.isOpen()) {
            log.written(writer.tracker
                    .modify(Basket.class, "b-1", basket -> basket.items++)
                    .orElseThrow()
                    .items);
            pause(ThreadLocalRandom.current().nextInt(20) == 0 ? 2 * (int) MAX_STALENESS.toMillis() : 1);
        }
    }

    private void read() {
        while (log.isOpen()) {
            long from = System.nanoTime();
            try {
                log.read(from, reader.items("b-1"));
            } catch (SessionStoreException unknown) {
                // Nothing was read.
            }
            pause(0);
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MICROSECONDS.sleep(1_000L * millis + 100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
