package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionReminder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.ForwardingDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Reminders hold up neither expired sessions nor the sweep. */
class ReminderSweepTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final AtomicInteger expired = new AtomicInteger();
    private final AtomicInteger reminded = new AtomicInteger();

    private ClosableSessionTracker tracker(SessionDataProvider data, SweepSettings sweep, SessionListener... others) {
        SessionTypeSettings kept = new SessionTypeSettings(
                SessionEntryOptions.absolute(HOUR), HOUR, SessionEntryOptions.absolute(HOUR), LockSettings.BUILT_IN);
        SessionTrackerBuilder builder = new SessionTrackerBuilder(
                        data, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(kept, Map.of()))
                .sweep(sweep)
                .listener(event -> {
                    if (event instanceof SessionExpired<?>) {
                        expired.incrementAndGet();
                    } else if (event instanceof SessionReminder<?>) {
                        reminded.incrementAndGet();
                    }
                });
        for (SessionListener other : others) {
            builder.listener(other);
        }
        return builder.build();
    }

    private static void startExpired(ClosableSessionTracker tracker) {
        tracker.start(
                        new Basket("expired"),
                        SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(1)))
                .orElseThrow();
    }

    @Test
    void shouldDeliverExpiredSessionsWhileRemindersCannotBeClaimed() {
        SessionDataProvider memory = new InMemorySessionDataProvider();
        SessionDataProvider withoutReminders = new ForwardingDataProvider(memory) {
            @Override
            public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
                return sweep.reminders()
                        ? CompletableFuture.failedStage(new SessionStoreException("no", null))
                        : super.sweep(sweep);
            }
        };
        try (ClosableSessionTracker tracker = tracker(withoutReminders, new SweepSettings(false, HOUR, HOUR, 10, 5))) {
            startExpired(tracker);
            assertThat(tracker.expireSessions()).isEqualTo(1);
        }
    }

    @Test
    void shouldNotPursueRemindersThatListenersSetAnew() {
        Basket basket = new Basket("ticking");
        basket.remind("tick", Duration.ofMillis(1));
        ClosableSessionTracker[] tracker = {null};
        SessionListener ticking = event -> {
            if (event instanceof SessionReminder<?>) {
                tracker[0]
                        .modify(Basket.class, "ticking", session -> session.remind("tick", Duration.ofMillis(1)))
                        .orElseThrow();
                // Due by the time of the next claim, which is not made ahead: this takes more than a tenth of the
                // lease.
                Instant due = Instant.now().plusMillis(5);
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> Instant.now().isAfter(due));
            }
        };
        SweepSettings each = new SweepSettings(true, Duration.ofMillis(50), Duration.ofMillis(20), 1, 5);
        try (ClosableSessionTracker created = tracker(new InMemorySessionDataProvider(), each, ticking)) {
            tracker[0] = created;
            created.start(basket).orElseThrow();
            created.startSweeping();
            await().until(() -> reminded.get() > 10);
            startExpired(created);
            await().until(() -> expired.get() > 0);
        }
    }

    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
