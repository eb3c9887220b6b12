package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.List;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Namespaces, types and keys never touch each other, whatever they are called. */
interface TrackerIsolationContract extends TrackerFixture {

    List<String> ODD_KEYS = List.of(
            "{}",
            "}{",
            "{a}b",
            "a{b}",
            "{",
            "}",
            " a ",
            "a b",
            ":",
            "a:b",
            "r:1",
            "lock:1",
            "é",
            "日本",
            "🛒",
            "*",
            "?",
            "[a]",
            "\\",
            "'\"",
            "#7",
            "x".repeat(512),
            "é".repeat(256));

    @Test
    default void twoNamespacesShouldBeApart() {
        SessionTracker shop = tracker();
        SessionTracker other = tracker();
        shop.start(Checkout.at("order-1", "shop")).orElseThrow();

        assertThat(other.get(Checkout.class, "order-1").isFailure()).isTrue();
        assertThat(other.delete(Checkout.class, "order-1").isFailure()).isTrue();
        other.start(Checkout.at("order-1", "other")).orElseThrow();
        other.finish(Checkout.class, "order-1").orElseThrow();
        assertThat(shop.get(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("shop");
        try (var held = shop.lock(Checkout.class, "order-1").orElseThrow();
                var free = other.lock(Checkout.class, "order-1", LockOptions.waitFor(Duration.ZERO))
                        .orElseThrow()) {
            assertThat(held.isAcquired() && free.isAcquired()).isTrue();
        }
    }

    @Test
    default void typesNamedLikeWordsOfTheKeySpaceShouldBeApart() {
        SessionTracker tracker = tracker();
        List<Session> sessions =
                List.of(new Locks("order-1"), new Finished("order-1"), new Running("order-1"), new Checkout("order-1"));
        sessions.forEach(session -> tracker.start(session).orElseThrow());
        for (Session session : sessions) {
            try (var held = tracker.lock(session).orElseThrow()) {
                assertThat(held.isAcquired()).isTrue();
                tracker.finish(session).orElseThrow();
            }
        }

        sessions.forEach(session -> {
            assertThat(tracker.getFinished(session.getClass(), "order-1").orElseThrow())
                    .isEqualTo(session);
            tracker.delete(session).orElseThrow();
        });
    }

    @Test
    default void keysOfAllKindsOfBytesShouldWorkAndBeApart() {
        SessionTracker tracker = tracker();
        for (String key : ODD_KEYS) {
            tracker.start(Checkout.at(key, "address of " + key)).orElseThrow();
        }
        for (String key : ODD_KEYS) {
            try (var locked = tracker.getLocked(Checkout.class, key).orElseThrow()) {
                assertThat(locked.session().getKey()).isEqualTo(key);
                assertThat(locked.session().getAddress()).isEqualTo("address of " + key);
                tracker.update(locked.session()).orElseThrow();
            }
            assertThat(tracker.finishAndGet(Checkout.class, key).orElseThrow().getVersion())
                    .isEqualTo(2);
            assertThat(tracker.resumeAndGet(Checkout.class, key).orElseThrow().getKey())
                    .isEqualTo(key);
            tracker.delete(Checkout.class, key).orElseThrow();
        }
    }

    @Test
    default void aLargeSessionShouldGoTheWholeWay() {
        SessionTracker tracker = tracker();
        // Two bytes a character, and room for the rest of the session.
        String large = "ü".repeat((Math.min(1 << 20, data("limit").description().maxPayload()) - 1024) / 2);
        Checkout checkout = tracker.start(Checkout.at("order-1", large)).orElseThrow();

        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo(large);
        tracker.update(checkout).orElseThrow();
        assertThat(tracker.finishAndGet(checkout).orElseThrow().getAddress()).isEqualTo(large);
        assertThat(tracker.resumeAndGet(checkout).orElseThrow().getAddress()).isEqualTo(large);
    }

    /** Called like what guards it. */
    @SessionType("lock")
    class Locks extends Session {
        Locks(String key) {
            super(key);
        }
    }

    /** Called like where it will be. */
    @SessionType("finished")
    class Finished extends Session {
        Finished(String key) {
            super(key);
        }
    }

    /** Called like a part of a key. */
    @SessionType("r")
    class Running extends Session {
        Running(String key) {
            super(key);
        }
    }
}
