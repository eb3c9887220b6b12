package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.function.Supplier;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Live sessions have an hour; those that end have some milliseconds, and the test waits until they are gone. */
interface TrackerLifetimeContract extends TrackerFixture {

    Duration SHORT = Duration.ofMillis(40);

    /** For a call or two on a machine that is busy with something else. */
    Duration LONG_ENOUGH = Duration.ofSeconds(2);

    SessionError NONE = new SessionError.NotFound("checkout", "order-1");

    @Test
    default void aSessionShouldEndByTheTypesSettings() {
        SessionTracker tracker = tracker(settings(SessionEntryOptions.absolute(SHORT), SessionEntryOptions.none()));
        tracker.start(new Checkout("order-1")).orElseThrow();

        awaitGone(() -> tracker.peek(Checkout.class, "order-1"));
        assertThat(tracker.start(new Checkout("order-1")).isSuccess()).isTrue();
    }

    @Test
    default void optionsShouldReplaceTheTypesSettingsAsAWhole() {
        SessionTracker tracker = tracker(settings(SessionEntryOptions.absolute(SHORT), SessionEntryOptions.none()));
        tracker.start(new Checkout("sliding-only"), SessionEntryOptions.sliding(HOUR))
                .orElseThrow();
        tracker.start(new Checkout("never"), SessionEntryOptions.none()).orElseThrow();
        tracker.start(new Checkout("order-1")).orElseThrow();

        awaitGone(() -> tracker.peek(Checkout.class, "order-1"));
        assertThat(tracker.peek(Checkout.class, "sliding-only").isSuccess()).isTrue();
        assertThat(tracker.peek(Checkout.class, "never").isSuccess()).isTrue();
    }

    @Test
    default void slidingAloneShouldEndAnUnusedSession() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1"), SessionEntryOptions.sliding(SHORT))
                .orElseThrow();

        awaitGone(() -> tracker.peek(Checkout.class, "order-1"));
    }

    @Test
    default void theEarlierDeadlineShouldWin() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1"), SessionEntryOptions.sliding(HOUR).withAbsolute(SHORT))
                .orElseThrow();

        awaitGone(() -> tracker.get(Checkout.class, "order-1"));
    }

    @Test
    default void anUpdateShouldNotMakeASessionImmortal() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1"), SessionEntryOptions.absolute(LONG_ENOUGH))
                .orElseThrow();
        assertThat(tracker.update(checkout).isSuccess()).isTrue();

        awaitGone(() -> tracker.peek(Checkout.class, "order-1"));
        assertThat(tracker.update(checkout).failure()).contains(NONE);
    }

    @Test
    default void aFinishedSessionShouldLiveByTheFinishedSettingsAlone() {
        SessionTracker shortWhenFinished =
                tracker(settings(SessionEntryOptions.none(), SessionEntryOptions.absolute(SHORT)));
        shortWhenFinished.start(new Checkout("order-1")).orElseThrow();
        shortWhenFinished.finish(Checkout.class, "order-1").orElseThrow();
        SessionTracker longWhenFinished =
                tracker(settings(SessionEntryOptions.absolute(LONG_ENOUGH), SessionEntryOptions.absolute(HOUR)));
        longWhenFinished.start(new Checkout("order-1")).orElseThrow();
        longWhenFinished.finish(Checkout.class, "order-1").orElseThrow();
        longWhenFinished.start(new Checkout("order-2")).orElseThrow();

        awaitGone(() -> shortWhenFinished.getFinished(Checkout.class, "order-1"));
        awaitGone(() -> longWhenFinished.peek(Checkout.class, "order-2"));
        assertThat(longWhenFinished.getFinished(Checkout.class, "order-1").isSuccess())
                .isTrue();
    }

    @Test
    default void aResumedSessionShouldLiveByTheTypesRunningSettings() {
        SessionTracker tracker = tracker(settings(SessionEntryOptions.absolute(SHORT), SessionEntryOptions.none()));
        tracker.start(new Checkout("order-1"), SessionEntryOptions.none()).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.resume(Checkout.class, "order-1").orElseThrow();

        awaitGone(() -> tracker.peek(Checkout.class, "order-1"));
    }

    @Test
    default void aReaderShouldGoByStoredLifetimesNotItsOwnSettings() {
        String namespace = namespace();
        SessionTracker longLived =
                tracker(namespace, settings(SessionEntryOptions.absolute(HOUR), SessionEntryOptions.none()));
        SessionTracker shortLived =
                tracker(namespace, settings(SessionEntryOptions.sliding(SHORT), SessionEntryOptions.none()));
        longLived.start(new Checkout("started-long")).orElseThrow();
        assertThat(shortLived.get(Checkout.class, "started-long").isSuccess()).isTrue();
        shortLived.start(new Checkout("order-1")).orElseThrow();

        awaitGone(() -> longLived.peek(Checkout.class, "order-1"));
        assertThat(longLived.get(Checkout.class, "started-long").isSuccess()).isTrue();
    }

    @Test
    default void aRetainedExpiredSessionShouldBeGoneForAllCalls() {
        SessionTypeSettings kept = new SessionTypeSettings(
                SessionEntryOptions.absolute(HOUR),
                HOUR,
                SessionEntryOptions.none(),
                SessionTypeSettings.BUILT_IN.lock());
        SessionTracker tracker = tracker(kept);
        Checkout due = tracker.start(new Checkout("order-1"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();

        assertThat(tracker.get(Checkout.class, "order-1").failure()).contains(NONE);
        assertThat(tracker.peek(Checkout.class, "order-1").failure()).contains(NONE);
        assertThat(tracker.refresh(due).failure()).contains(NONE);
        assertThat(tracker.update(due).failure()).contains(NONE);
        assertThat(tracker.finish(due).failure()).contains(NONE);
        assertThat(tracker.resume(due).failure()).contains(NONE);
        assertThat(tracker.delete(due).failure()).contains(NONE);
        assertThat(tracker.start(new Checkout("order-1")).isSuccess()).isTrue();
    }

    private static void awaitGone(Supplier<SessionResult<Checkout>> read) {
        await().until(() -> read.get()
                .failure()
                .filter(SessionError.NotFound.class::isInstance)
                .isPresent());
    }
}
