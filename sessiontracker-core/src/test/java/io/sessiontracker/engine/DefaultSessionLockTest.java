package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionInstrumentation;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a handle believes while its lock service is slow, silent, or has lost the lock. */
class DefaultSessionLockTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration BRIEF = Duration.ofMillis(50);
    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "order-1");

    private final SlowLock service = new SlowLock();

    @Test
    void shouldCountTheLeaseFromBeforeTheRequestWasSent() {
        long anHourAgo = System.nanoTime() - HOUR.toNanos();

        assertThat(new DefaultSessionLock(ADDRESS, service, anHourAgo, HOUR, false, SessionInstrumentation.NONE)
                        .status())
                .isEqualTo(LockStatus.EXPIRED);
    }

    @Test
    void shouldBelieveTheServiceThatItIsLost() {
        DefaultSessionLock lock = lock(HOUR, false);
        service.extension(0).complete(false);

        assertThat(lock.extend(HOUR)).isFalse();
        assertThat(lock.status()).isEqualTo(LockStatus.EXPIRED);
        assertThat(lock.isAcquired()).isFalse();
    }

    @Test
    void shouldGoByTheShorterLeaseWhenTheReplyIsLost() {
        DefaultSessionLock lock = lock(HOUR, false);
        service.extension(0).completeExceptionally(new SessionStoreException("lost", null));

        assertThatThrownBy(() -> lock.extend(BRIEF)).isInstanceOf(SessionStoreException.class);

        await().until(() -> lock.status() == LockStatus.EXPIRED);
    }

    @Test
    void shouldGoByTheOldLeaseWhenTheReplyToALongerOneIsLost() {
        DefaultSessionLock lock = lock(HOUR, false);
        service.extension(0).completeExceptionally(new SessionStoreException("lost", null));

        assertThatThrownBy(() -> lock.extend(HOUR.multipliedBy(5))).isInstanceOf(SessionStoreException.class);

        assertThat(lock.expiresAt()).isBefore(Instant.now().plus(HOUR.multipliedBy(2)));
        assertThat(lock.isAcquired()).isTrue();
    }

    @Test
    void shouldLetExtensionsTakeTurns() throws Exception {
        DefaultSessionLock lock = lock(HOUR, false);
        Thread first = new Thread(() -> assertThat(lock.extend(HOUR)).isTrue());
        first.start();
        await().until(() -> service.asked.size() == 1);
        Thread second = new Thread(() -> assertThat(lock.extend(BRIEF)).isTrue());
        second.start();
        await().until(() -> second.getState() == Thread.State.WAITING);

        assertThat(service.asked).containsExactly(HOUR);
        service.extension(1).complete(true);
        service.extension(0).complete(true);
        first.join();
        second.join();

        await().until(() -> lock.status() == LockStatus.EXPIRED);
    }

    @Test
    void shouldExtendAgainAfterAnExtensionThatFailed() {
        DefaultSessionLock lock = lock(HOUR, false);
        service.extension(0).completeExceptionally(new SessionStoreException("lost", null));
        service.extension(1).complete(true);

        assertThatThrownBy(() -> lock.extend(HOUR)).isInstanceOf(SessionStoreException.class);
        assertThat(lock.extension(HOUR)).isCompletedWithValue(true);
    }

    @Test
    void shouldNotLetTheNextExtensionBeginWhenACallerGivesUp() {
        DefaultSessionLock lock = lock(HOUR, false);
        lock.extension(HOUR).cancel(true);
        CompletableFuture<Boolean> next = lock.extension(BRIEF);

        assertThat(service.asked).containsExactly(HOUR);
        service.extension(1).complete(true);
        service.extension(0).complete(true);
        assertThat(next).isCompleted();
    }

    @Test
    void shouldKnowThatARenewedLockIsLost() {
        DefaultSessionLock lock = lock(Duration.ofMillis(1), true);
        assertThat(lock.isAcquired()).isTrue();
        service.renewedUntil = System.nanoTime();

        assertThat(lock.status()).isEqualTo(LockStatus.EXPIRED);
        assertThat(lock.extend(HOUR)).isFalse();
        service.renewedUntil = System.nanoTime() + HOUR.toNanos();
        assertThat(lock.isAcquired()).as("once lost, for good").isFalse();
    }

    @Test
    void shouldSayWhenARenewedLockRunsOutAtTheEarliest() {
        DefaultSessionLock lock = lock(Duration.ofSeconds(Long.MAX_VALUE), true);
        Instant before = Instant.now();
        service.renewedUntil = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);

        assertThat(lock.expiresAt())
                .isBetween(before, Instant.now().plus(Duration.ofMinutes(5)).plusMillis(1));
    }

    @Test
    void shouldCloseOnAnInterruptedThreadWithoutAlarm() {
        DefaultSessionLock lock = lock(HOUR, false);
        List<ILoggingEvent> logged = logged(() -> {
            Thread.currentThread().interrupt();
            lock.close();
            assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
        });

        assertThat(logged).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
        assertThat(service.released).as("it goes on").isNotDone();
        assertThat(lock.status()).isEqualTo(LockStatus.UNLOCKED);
    }

    @Test
    void shouldWarnOfAnUnreleasedLockWithoutAWaiter() {
        DefaultSessionLock lock = lock(HOUR, false);
        List<ILoggingEvent> logged = logged(() -> {
            Thread.currentThread().interrupt();
            lock.close();
            assertThat(Thread.interrupted()).isTrue();
            service.released.completeExceptionally(new SessionStoreException("away", null));
        });

        assertThat(logged)
                .filteredOn(event -> event.getLevel() == Level.WARN)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("checkout/order-1"));
    }

    private DefaultSessionLock lock(Duration lease, boolean renewed) {
        return new DefaultSessionLock(ADDRESS, service, System.nanoTime(), lease, renewed, SessionInstrumentation.NONE);
    }

    private static List<ILoggingEvent> logged(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(DefaultSessionLock.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            action.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list;
    }

    /** Answers when the test says so. */
    private static final class SlowLock implements HeldLock {

        private final List<Duration> asked = new CopyOnWriteArrayList<>();
        private final List<CompletableFuture<Boolean>> extensions =
                List.of(new CompletableFuture<>(), new CompletableFuture<>());
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private volatile long renewedUntil = System.nanoTime() + HOUR.toNanos();

        CompletableFuture<Boolean> extension(int index) {
            return extensions.get(index);
        }

        @Override
        public String id() {
            return "1";
        }

        @Override
        public CompletionStage<Boolean> extend(Duration lease) {
            asked.add(lease);
            return extensions.get(asked.size() - 1);
        }

        @Override
        public long renewedUntil() {
            return renewedUntil;
        }

        @Override
        public CompletionStage<Void> release() {
            return released;
        }
    }
}
