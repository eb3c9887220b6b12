package io.sessiontracker.contract.tracker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

interface TrackerReadContract extends TrackerFixture {

    @Test
    default void everyReadShouldAnswerACopyOfItsOwn() {
        SessionTracker tracker = tracker();
        tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        Checkout read = tracker.get(Checkout.class, "order-1").orElseThrow();
        read.setAddress("not stored");
        read.getProperties().put("tenant", "not stored");

        Checkout again = tracker.peek(Checkout.class, "order-1").orElseThrow();

        assertThat(again).isNotSameAs(read).isEqualTo(read);
        assertThat(again.getAddress()).isEqualTo("Main Street");
        assertThat(again.getProperties()).isEmpty();
    }

    @Test
    default void getAllShouldAnswerTheRunningOnesInTheOrderOfTheKeys() {
        SessionTracker tracker = tracker();
        Checkouts.starts(tracker, "order", "acme", 4);
        tracker.modify(Checkout.class, "order-2", checkout -> checkout.setAddress("Main Street"))
                .orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        List<String> keys = new ArrayList<>(List.of("order-3", "order-1", "order-2", "order-3"));
        for (int i = 0; i < 110; i++) {
            keys.add("missing-" + i);
        }
        keys.add("order-0");

        Map<String, Checkout> found = tracker.getAll(Checkout.class, keys);

        assertThat(found.keySet()).containsExactly("order-3", "order-2", "order-0");
        assertThat(found.get("order-2"))
                .isEqualTo(tracker.peek(Checkout.class, "order-2").orElseThrow())
                .satisfies(checkout -> {
                    assertThat(checkout.getAddress()).isEqualTo("Main Street");
                    assertThat(checkout.getVersion()).isEqualTo(2);
                    assertThat(checkout.getProperties()).containsEntry("tenant", "acme");
                });
        assertThat(tracker.update(found.get("order-3")).isSuccess()).isTrue();
    }

    @Test
    default void getAllShouldAnswerNothingForNoKeys() {
        assertThat(tracker().getAll(Checkout.class, Set.of())).isEmpty();
    }

    @Test
    default void readsShouldReportNotFound() {
        SessionTracker tracker = tracker();
        SessionError none = new SessionError.NotFound("checkout", "order-1");

        assertThat(tracker.get(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.peek(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.refresh(Checkout.class, "order-1").failure()).contains(none);
        assertThat(tracker.refresh(new Checkout("order-1")).failure()).contains(none);
        assertThat(tracker.getFinished(Checkout.class, "order-1").failure()).contains(none);
    }

    @Test
    default void readsShouldReportAlreadyFinished() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        SessionError finished = new SessionError.AlreadyFinished("checkout", "order-1");

        assertThat(tracker.get(Checkout.class, "order-1").failure()).contains(finished);
        assertThat(tracker.peek(Checkout.class, "order-1").failure()).contains(finished);
        assertThat(tracker.refresh(Checkout.class, "order-1").failure()).contains(finished);
    }

    @Test
    default void refreshShouldSucceedForTheSessionUnderTheKey() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(tracker.refresh(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(tracker.refresh(new Checkout("order-1")).isSuccess()).isTrue();
    }

    @Test
    default void getFinishedShouldAnswerTheFinishedOneWhileANewOneRuns() {
        SessionTracker tracker = tracker();
        Checkout first = tracker.start(Checkout.at("order-1", "First")).orElseThrow();
        tracker.finish(first).orElseThrow();
        tracker.start(Checkout.at("order-1", "Second")).orElseThrow();

        Checkout finished = tracker.getFinished(Checkout.class, "order-1").orElseThrow();

        assertThat(finished).isEqualTo(first);
        assertThat(finished.getAddress()).isEqualTo("First");
        assertThat(finished.getVersion()).isEqualTo(1);
        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("Second");
    }

    @Test
    default void getFinishedShouldReportARunningSession() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(tracker.getFinished(Checkout.class, "order-1").failure())
                .contains(new SessionError.AlreadyResumed("checkout", "order-1"));
    }
}
