package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** When a session expires, and changing that while it runs. */
interface TrackerExpiresAtContract extends TrackerFixture {

    /** A store may count in whole milliseconds, from a moment within one. */
    Duration ROUNDING = Duration.ofMillis(2);

    /** How much longer than its sliding expiration a session may live by the built-in settings. */
    Duration MOST_TOLERANCE = Duration.ofSeconds(10);

    @Test
    default void aSessionShouldKnowWhenItExpires() {
        SessionTracker tracker =
                tracker(settings(SessionEntryOptions.sliding(HOUR), SessionEntryOptions.absolute(HOUR)));
        Checkout checkout = new Checkout("order-1");
        assertThat(checkout.getExpiresAt()).isNull();
        Instant before = Instant.ofEpochMilli(storeTime());

        assertExpiresAfter(before, tracker.start(checkout).orElseThrow());
        assertExpiresAfter(before, tracker.get(Checkout.class, "order-1").orElseThrow());
        assertExpiresAfter(before, tracker.update(checkout).orElseThrow());
        assertExpiresAfter(before, tracker.updateAndGet(checkout).orElseThrow());
        assertExpiresAfter(
                before,
                tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow());
        assertExpiresAfter(
                before, tracker.query(Checkout.class).page().sessions().get(0));
        assertExpiresAfter(
                before, tracker.finishAndGet(Checkout.class, "order-1").orElseThrow());
        assertExpiresAfter(
                before, tracker.getFinished(Checkout.class, "order-1").orElseThrow());
        assertExpiresAfter(
                before, tracker.resumeAndGet(Checkout.class, "order-1").orElseThrow());
    }

    private void assertExpiresAfter(Instant before, Checkout checkout) {
        assertThat(checkout.getExpiresAt())
                .isBetween(
                        before.plus(HOUR).minus(ROUNDING),
                        Instant.ofEpochMilli(storeTime())
                                .plus(HOUR)
                                .plus(MOST_TOLERANCE)
                                .plus(ROUNDING));
    }

    @Test
    default void expiresAtShouldAskTheStore() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1"), SessionEntryOptions.absolute(HOUR))
                .orElseThrow();

        assertThat(tracker.expiresAt(checkout).orElseThrow())
                .isEqualTo(checkout.getStartedAt().plus(HOUR));
        assertThat(tracker.expiresAt(Checkout.class, "order-1").orElseThrow()).isEqualTo(checkout.getExpiresAt());
    }

    @Test
    default void anEndlessSessionShouldExpireAtTheMaximum() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1"), SessionEntryOptions.none())
                .orElseThrow();

        assertThat(checkout.getExpiresAt()).isEqualTo(Instant.MAX);
        assertThat(tracker.expiresAt(checkout).orElseThrow()).isEqualTo(Instant.MAX);
        assertThat(tracker.peek(Checkout.class, "order-1").orElseThrow().getExpiresAt())
                .isEqualTo(Instant.MAX);
    }

    @Test
    default void expireShouldReplaceTheLifetimes() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1"), SessionEntryOptions.sliding(HOUR))
                .orElseThrow();
        Checkout other = tracker.get(Checkout.class, "order-1").orElseThrow();
        Instant later = Instant.ofEpochMilli(storeTime()).plus(HOUR.multipliedBy(5));

        Instant expiresAt =
                tracker.expire(checkout, SessionEntryOptions.absoluteAt(later)).orElseThrow();

        assertThat(expiresAt).isEqualTo(later).isEqualTo(checkout.getExpiresAt());
        assertThat(tracker.expiresAt(Checkout.class, "order-1").orElseThrow()).isEqualTo(later);
        assertThat(tracker.update(other).orElseThrow())
                .as("a change of the lifetimes is no new version")
                .returns(2L, Checkout::getVersion)
                .returns(later, Checkout::getExpiresAt);
        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow().getExpiresAt())
                .isEqualTo(later);
        assertThat(tracker.expire(Checkout.class, "order-1", SessionEntryOptions.none())
                        .orElseThrow())
                .isEqualTo(Instant.MAX);
        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow().getExpiresAt())
                .isEqualTo(Instant.MAX);
    }

    @Test
    default void expireWithAPassedMomentShouldEndTheSession() {
        SessionTracker tracker = tracker();
        Checkout checkout = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.expire(checkout, SessionEntryOptions.absoluteAt(past())).orElseThrow();

        assertThat(tracker.get(Checkout.class, "order-1").failure())
                .contains(new SessionError.NotFound("checkout", "order-1"));
        assertThat(tracker.start(new Checkout("order-1")).isSuccess()).isTrue();
    }

    /** Also where it has a copy in memory that could be used for longer. */
    @Test
    default void expireShouldEndTheSessionForEveryProcess() {
        String namespace = namespace();
        SessionTracker reader = tracker(namespace);
        SessionTracker other = tracker(namespace);
        Checkout checkout = reader.start(new Checkout("order-1")).orElseThrow();
        await().untilAsserted(() ->
                assertThat(reader.peek(Checkout.class, "order-1").isSuccess()).isTrue());
        other.expire(Checkout.class, "order-1", SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();

        await().untilAsserted(
                        () -> assertThat(reader.peek(Checkout.class, "order-1").failure())
                                .contains(new SessionError.NotFound("checkout", "order-1")));
        assertThat(reader.update(checkout).failure()).contains(new SessionError.NotFound("checkout", "order-1"));
    }

    @Test
    default void lifetimesShouldBelongToOneStart() {
        SessionTracker tracker = tracker();
        Checkout former = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(former).orElseThrow();

        assertThat(tracker.expiresAt(former).failure())
                .contains(new SessionError.AlreadyFinished("checkout", "order-1"));
        Checkout running = tracker.start(new Checkout("order-1")).orElseThrow();
        assertThat(tracker.expiresAt(former).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 1));
        assertThat(tracker.expire(former, SessionEntryOptions.none()).failure())
                .contains(new SessionError.VersionConflict("checkout", "order-1", 1, 1));
        assertThat(tracker.expiresAt(running).orElseThrow())
                .isCloseTo(
                        Objects.requireNonNull(running.getExpiresAt()), within(ROUNDING.toMillis(), ChronoUnit.MILLIS));
        tracker.delete(Checkout.class, "order-1").orElseThrow();
        assertThat(tracker.expire(running, SessionEntryOptions.none()).failure())
                .contains(new SessionError.NotFound("checkout", "order-1"));
    }

    @Test
    default void lifetimesShouldBeThoseOfAStartedSession() {
        SessionTracker tracker = tracker();
        Checkout never = new Checkout("order-1");

        assertThatIllegalStateException()
                .isThrownBy(() -> tracker.expiresAt(never).isSuccess())
                .withMessageContaining("never started");
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> tracker.expire(never, SessionEntryOptions.none()).isSuccess())
                .withMessageContaining("never started");
    }
}
