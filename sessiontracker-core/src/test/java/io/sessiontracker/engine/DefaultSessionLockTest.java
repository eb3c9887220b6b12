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
import io.sessiontracker.event.SessionTrackerError;
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
    private final List<SessionTrackerError> errors = new CopyOnWriteArrayList<>();
    private final LossCallbacks callbacks = new LossCallbacks(CallbackExecutor.withOwnThreads(), errors::add);
    private final List<String> lost = new CopyOnWriteArrayList<>();

    @Test
    void shouldCountTheLeaseFromBeforeTheRequestWasSent() {
        long anHourAgo = System.nanoTime() - HOUR.toNanos();

        assertThat(new DefaultSessionLock(
                                ADDRESS, service, anHourAgo, HOUR, false, callbacks, SessionInstrumentation.NONE)
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

    @Test
    void shouldKeepTheTokenOfTheGrant() {
        DefaultSessionLock lock = lock(HOUR, false);
        service.extension(0).complete(true);
        assertThat(lock.extend(HOUR)).isTrue();
        assertThat(lock.token()).isEqualTo(7);
        var unused = lock.release();

        assertThat(lock.token()).isEqualTo(7);
    }

    @Test
    void shouldNoticeALeaseThatRunsOut() {
        DefaultSessionLock lock = lock(BRIEF, false);
        lock.onLost(
                () -> lost.add(lock.status() + " on " + Thread.currentThread().getName()));

        await().until(() -> !lost.isEmpty());
        assertThat(lost).singleElement().asString().startsWith("EXPIRED on sessiontracker-worker");
    }

    @Test
    void shouldRunEachCallbackOnceInOrder() {
        DefaultSessionLock lock = lock(HOUR, false);
        lock.onLost(() -> lost.add("first"));
        lock.onLost(() -> lost.add("second"));
        service.extension(0).complete(false);
        assertThat(lock.extend(HOUR)).isFalse();
        await().until(() -> lost.size() == 2);

        lock.onLost(() -> lost.add("late"));
        await().until(() -> lost.size() == 3);
        assertThat(lost).containsExactly("first", "second", "late");
    }

    @Test
    void shouldNoticeARefusedRenewalAtOnce() {
        DefaultSessionLock lock = lock(Duration.ofMillis(1), true);
        lock.onLost(() -> lost.add("lost"));
        service.renewedUntil = System.nanoTime() - 1;
        service.renewalRefused.run();

        await().until(() -> !lost.isEmpty());
    }

    @Test
    void shouldNoticeARenewalThatIsOverdue() {
        service.renewedUntil = System.nanoTime() + BRIEF.toNanos();
        DefaultSessionLock lock = lock(Duration.ofMillis(1), true);
        lock.onLost(() -> lost.add("lost"));

        await().until(() -> !lost.isEmpty());
    }

    @Test
    void shouldWatchTheRenewedLease() {
        service.renewedUntil = System.nanoTime() + BRIEF.toNanos();
        DefaultSessionLock lock = lock(Duration.ofMillis(1), true);
        lock.onLost(() -> lost.add("lost"));
        long renewed = System.nanoTime() + BRIEF.multipliedBy(8).toNanos();
        service.renewedUntil = renewed;

        await().until(() -> !lost.isEmpty());
        assertThat(System.nanoTime() - renewed).isNotNegative();
    }

    @Test
    void shouldNoticeAShorterLeaseThatRunsOut() {
        DefaultSessionLock lock = lock(HOUR, false);
        lock.onLost(() -> lost.add("lost"));
        service.extension(0).complete(true);
        assertThat(lock.extension(BRIEF)).isCompleted();

        await().until(() -> !lost.isEmpty());
    }

    @Test
    void shouldRunNoCallbackAfterTheRelease() {
        DefaultSessionLock lock = lock(BRIEF, false);
        lock.onLost(() -> lost.add("lost"));
        var unused = lock.release();
        lock.onLost(() -> lost.add("late"));
        DefaultSessionLock other = lock(BRIEF, false);
        other.onLost(() -> lost.add("other"));

        await().until(() -> !lost.isEmpty());
        assertThat(lost).containsExactly("other");
    }

    @Test
    void shouldRunNoFurtherCallbackOnceReleasedByOne() {
        DefaultSessionLock lock = lock(BRIEF, false);
        lock.onLost(() -> {
            var unused = lock.release();
            lost.add("first");
        });
        lock.onLost(() -> lost.add("second"));
        DefaultSessionLock other = lock(BRIEF.multipliedBy(4), false);
        other.onLost(() -> lost.add("other"));

        await().until(() -> lost.contains("other"));
        assertThat(lost).containsExactly("first", "other");
    }

    @Test
    void shouldReportACallbackThatThrows() {
        DefaultSessionLock lock = lock(BRIEF, false);
        lock.onLost(() -> {
            throw new AssertionError("broken");
        });
        lock.onLost(() -> lost.add("next"));

        await().until(() -> !lost.isEmpty());
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.type()).isEqualTo("checkout");
            assertThat(error.key()).isEqualTo("order-1");
            assertThat(error.cause()).hasMessage("broken");
        });
    }

    @Test
    void shouldStayLostOnceThatWasReported() {
        DefaultSessionLock lock = lock(BRIEF, false);
        lock.onLost(() -> lost.add("lost"));
        CompletableFuture<Boolean> late = lock.extension(HOUR);
        await().until(() -> !lost.isEmpty());
        service.extension(0).complete(true);

        assertThat(late).isCompletedWithValue(false);
        assertThat(lock.status()).isEqualTo(LockStatus.EXPIRED);
    }

    private DefaultSessionLock lock(Duration lease, boolean renewed) {
        return new DefaultSessionLock(
                ADDRESS, service, System.nanoTime(), lease, renewed, callbacks, SessionInstrumentation.NONE);
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
        private volatile Runnable renewalRefused = () -> {};
        private volatile long renewedUntil = System.nanoTime() + HOUR.toNanos();

        CompletableFuture<Boolean> extension(int index) {
            return extensions.get(index);
        }

        @Override
        public String id() {
            return "1";
        }

        @Override
        public long token() {
            return 7;
        }

        @Override
        public void onRenewalRefused(Runnable callback) {
            renewalRefused = callback;
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
