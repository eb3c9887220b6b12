package io.sessiontracker.contract.tracker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.event.SessionResumed;
import io.sessiontracker.event.SessionStarted;
import io.sessiontracker.event.SessionUpdated;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The five events that the process publishes which did it. */
interface TrackerEventContract extends TrackerFixture {

    @Test
    default void eachChangeShouldPublishAnEventWithTheStoredState() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, recorder);
        Checkout checkout = Checkout.at("order-1", "first");
        checkout.getProperties().put("tenant", "acme");

        assertPublished(recorder, SessionStarted.class, 1, "first", () -> tracker.start(checkout));
        checkout.setAddress("second");
        assertPublished(recorder, SessionUpdated.class, 2, "second", () -> tracker.update(checkout));
        assertPublished(recorder, SessionUpdated.class, 3, "second", () -> tracker.updateAndGet(checkout));
        assertPublished(
                recorder,
                SessionUpdated.class,
                4,
                "third",
                () -> tracker.modify(Checkout.class, "order-1", c -> c.setAddress("third")));
        assertPublished(recorder, SessionFinished.class, 4, "third", () -> tracker.finish(Checkout.class, "order-1"));
        assertPublished(recorder, SessionResumed.class, 4, "third", () -> tracker.resume(Checkout.class, "order-1"));
        assertPublished(
                recorder, SessionFinished.class, 4, "third", () -> tracker.finishAndGet(Checkout.class, "order-1"));
        assertPublished(
                recorder, SessionResumed.class, 4, "third", () -> tracker.resumeAndGet(Checkout.class, "order-1"));
        assertPublished(recorder, SessionDeleted.class, 4, "third", () -> tracker.delete(Checkout.class, "order-1"));
        assertPublished(
                recorder,
                SessionStarted.class,
                1,
                "fourth",
                () -> tracker.getOrStart(Checkout.class, "order-1", () -> {
                    Checkout supplied = Checkout.at("order-1", "fourth");
                    supplied.getProperties().put("tenant", "acme");
                    return supplied;
                }));
    }

    private <E> void assertPublished(
            RecordingListener recorder,
            Class<E> kind,
            long version,
            String address,
            Supplier<? extends SessionResult<?>> call) {
        recorder.take();
        long before = storeTime();
        assertThat(call.get().isSuccess()).isTrue();
        long after = storeTime();

        List<SessionEvent<?>> acknowledgeExpired = recorder.take();
        assertThat(acknowledgeExpired).hasSize(1);
        SessionEvent<?> event = acknowledgeExpired.get(0);
        assertThat(event).isInstanceOf(kind);
        assertThat(event.type()).isEqualTo("checkout");
        assertThat(event.key()).isEqualTo("order-1");
        assertThat(event.at().toEpochMilli()).isBetween(before, after);
        assertThat(event.session()).isInstanceOfSatisfying(Checkout.class, session -> {
            assertThat(session.getVersion()).isEqualTo(version);
            assertThat(session.getAddress()).isEqualTo(address);
            assertThat(session.getProperties()).containsEntry("tenant", "acme");
            assertThat(session.getKey()).isEqualTo("order-1");
        });
    }

    @Test
    default void aDeleteOfBothShouldBeOneEventWithTheRunningOne() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, recorder);
        tracker.start(Checkout.at("order-1", "finished")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.start(Checkout.at("order-1", "running")).orElseThrow();
        recorder.take();
        tracker.delete(Checkout.class, "order-1").orElseThrow();

        assertThat(recorder.take())
                .singleElement()
                .satisfies(event -> assertThat(event.session())
                        .isInstanceOfSatisfying(
                                Checkout.class, c -> assertThat(c.getAddress()).isEqualTo("running")));

        tracker.start(Checkout.at("order-1", "finished")).orElseThrow();
        Checkout finished = tracker.finishAndGet(Checkout.class, "order-1").orElseThrow();
        recorder.take();
        tracker.delete(finished).orElseThrow();
        assertThat(recorder.take())
                .singleElement()
                .satisfies(event -> assertThat(event.session()).isEqualTo(finished));
    }

    @Test
    default void anOperationWithoutAChangeShouldPublishNothing() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, recorder);
        Checkout stale = tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.modify(Checkout.class, "order-1", c -> c.setCount(1)).orElseThrow();
        recorder.take();

        assertThat(tracker.start(new Checkout("order-1")).isFailure()).isTrue();
        assertThat(tracker.update(stale).isFailure()).isTrue();
        assertThat(tracker.finish(stale).isFailure()).isTrue();
        assertThat(tracker.resume(Checkout.class, "order-1").isFailure()).isTrue();
        assertThat(tracker.delete(stale).isFailure()).isTrue();
        assertThat(tracker.finish(Checkout.class, "order-2").isFailure()).isTrue();
        assertThat(tracker.delete(Checkout.class, "order-2").isFailure()).isTrue();
        assertThat(tracker.get(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(tracker.refresh(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(tracker.getOrStart(Checkout.class, "order-1", () -> new Checkout("order-1"))
                        .isSuccess())
                .isTrue();
        assertThat(tracker.query(Checkout.class).count()).isEqualTo(1);
        assertThat(recorder.events()).isEmpty();
        assertThat(recorder.errors()).isEmpty();
    }

    @Test
    default void anUnknownOutcomeShouldPublishNothing() {
        RecordingListener recorder = new RecordingListener();
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        SessionTracker tracker = tracker(store, SessionTypeSettings.BUILT_IN, recorder);
        Checkout checkout = new Checkout("order-1");

        store.loseReplies(1);
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.start(checkout).isSuccess());
        store.loseRequests(1);
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.start(checkout).isSuccess());
        assertThat(recorder.events()).isEmpty();
        tracker.start(checkout).orElseThrow();
        assertThat(recorder.events()).singleElement().isInstanceOf(SessionStarted.class);

        store.loseReplies(1);
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.update(checkout).isSuccess());
        store.loseReplies(1);
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.finish(Checkout.class, "order-1").isSuccess());
        store.loseReplies(1);
        assertThatExceptionOfType(SessionStoreException.class)
                .isThrownBy(() -> tracker.delete(Checkout.class, "order-1").isSuccess());
        assertThat(recorder.events()).hasSize(1);
    }

    @Test
    default void noTwoEventsShouldHaveOneId() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(namespace(), KEPT, recorder);
        for (int i = 0; i < 5; i++) {
            tracker.start(new Checkout("order-1")).orElseThrow();
            tracker.finish(Checkout.class, "order-1").orElseThrow();
            tracker.delete(Checkout.class, "order-1").orElseThrow();
            tracker.start(new Checkout("order-2"), SessionEntryOptions.absoluteAt(past()))
                    .orElseThrow();
        }
        tracker.expireSessions();

        Set<String> ids = new HashSet<>();
        recorder.events().forEach(event -> ids.add(event.eventId()));
        assertThat(recorder.events()).hasSize(25);
        assertThat(ids).hasSize(25).noneMatch(String::isBlank);
    }

    @Test
    default void anUnreadableDeletedSessionShouldBePublishedWithoutState() {
        String namespace = namespace();
        tracker(namespace).start(Checkout.at("order-1", "secret street")).orElseThrow();
        RecordingListener recorder = new RecordingListener();
        SessionTracker current = tracker(namespace, SessionTypeSettings.BUILT_IN, recorder);

        current.finish(TrackerUnreadableContract.Numbered.class, "order-1").orElseThrow();
        assertThat(recorder.events()).isEmpty();
        assertThat(recorder.errors()).singleElement().satisfies(error -> {
            assertThat(error.key()).isEqualTo("order-1");
            assertThat(error.activity() + error.cause()).doesNotContain("secret");
        });
        current.delete(TrackerUnreadableContract.Numbered.class, "order-1").orElseThrow();
        assertThat(recorder.events()).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(SessionDeleted.class);
            assertThat(event.session()).isNull();
        });
    }

    @Test
    default void theSessionOfAnEventShouldBeACopy() {
        RecordingListener recorder = new RecordingListener() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                super.onEvent(event);
                if (event.session() instanceof Checkout copy) {
                    copy.setAddress("changed by a listener");
                }
            }
        };
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, recorder);
        Checkout checkout = Checkout.at("order-1", "Main Street");
        tracker.start(checkout).orElseThrow();
        tracker.update(checkout).orElseThrow();

        assertThat(checkout.getAddress()).isEqualTo("Main Street");
        assertThat(tracker.finishAndGet(checkout).orElseThrow().getAddress()).isEqualTo("Main Street");
        assertThat(tracker.resumeAndGet(checkout).orElseThrow().getAddress()).isEqualTo("Main Street");
        assertThat(recorder.events()).hasSize(4);
    }
}
