package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.event.SessionDeleted;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionFinished;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionResumed;
import io.sessiontracker.event.SessionStarted;
import io.sessiontracker.event.SessionTrackerError;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What listeners may do to an operation, and to each other: nothing. */
interface TrackerListenerContract extends TrackerFixture {

    /** On a thread that a store's replies come by it would wait for ever. */
    @Test
    default void aListenerShouldUseTheTrackerInItsCallersThread() {
        AtomicReference<SessionTracker> own = new AtomicReference<>();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<Class<?>> acknowledgeExpired = new CopyOnWriteArrayList<>();
        SessionListener listener = event -> {
            if (event.type().equals("checkout") && !event.key().startsWith("copy")) {
                threads.add(Thread.currentThread());
                acknowledgeExpired.add(event.getClass());
                String copy = "copy-" + acknowledgeExpired.size();
                own.get().start(new Checkout(copy)).orElseThrow();
                own.get()
                        .modify(
                                Checkout.class,
                                copy,
                                checkout -> own.get().peek(Checkout.class, copy).orElseThrow())
                        .orElseThrow();
            }
        };
        String namespace = namespace();
        // The blocking API, whichever the other rules use.
        SessionTracker tracker = builder(data(namespace), locks(namespace), KEPT)
                .listener(listener)
                .build();
        own.set(tracker);

        tracker.start(new Checkout("a")).orElseThrow();
        tracker.modify(Checkout.class, "a", checkout -> {
                    threads.add(Thread.currentThread());
                    tracker.get(Checkout.class, "a").orElseThrow();
                })
                .orElseThrow();
        tracker.getOrStart(Checkout.class, "b", () -> {
                    threads.add(Thread.currentThread());
                    return new Checkout(tracker.peek(Checkout.class, "b").isSuccess() ? "?" : "b");
                })
                .orElseThrow();
        tracker.finish(Checkout.class, "a").orElseThrow();
        tracker.resume(Checkout.class, "a").orElseThrow();
        tracker.start(new Checkout("due"), SessionEntryOptions.absoluteAt(past()))
                .orElseThrow();
        assertThat(tracker.expireSessions()).isEqualTo(1);
        assertThat(tracker.query(Checkout.class).where("$Key in ['a', 'b']").finishAll())
                .isEqualTo(2);
        assertThat(tracker.query(Checkout.class).finished().where("all").deleteAll())
                .isEqualTo(2);

        assertThat(acknowledgeExpired)
                .containsExactly(
                        SessionStarted.class,
                        SessionUpdated.class,
                        SessionStarted.class,
                        SessionFinished.class,
                        SessionResumed.class,
                        SessionStarted.class,
                        SessionExpired.class,
                        SessionFinished.class,
                        SessionFinished.class,
                        SessionDeleted.class,
                        SessionDeleted.class);
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(tracker.count(Checkout.class)).isEqualTo(acknowledgeExpired.size());
    }

    @Test
    default void aListenersExceptionShouldChangeNothingAndBeReported() {
        for (Throwable thrown :
                List.of(new IllegalStateException("no"), new AssertionError("no"), new Exception("no"))) {
            RecordingListener before = new RecordingListener();
            RecordingListener after = new RecordingListener();
            SessionTracker tracker =
                    tracker(namespace(), SessionTypeSettings.BUILT_IN, before, event -> throwAny(thrown), after);
            Checkout checkout = new Checkout("order-1");

            assertThat(tracker.start(checkout).isSuccess()).isTrue();
            assertThat(tracker.update(checkout).isSuccess()).isTrue();
            assertThat(tracker.finish(checkout).isSuccess()).isTrue();
            assertThat(tracker.resume(checkout).isSuccess()).isTrue();
            assertThat(tracker.delete(checkout).isSuccess()).isTrue();

            assertThat(before.events()).hasSize(5).isEqualTo(after.events());
            assertThat(before.errors()).hasSize(5).isEqualTo(after.errors());
            assertThat(before.errors()).allSatisfy(error -> {
                assertThat(error.type()).isEqualTo("checkout");
                assertThat(error.key()).isEqualTo("order-1");
                assertThat(error.cause()).isSameAs(thrown);
            });
            assertThat(before.errors().get(0).activity()).contains("SessionStarted");
        }
    }

    @Test
    default void anExceptionFromOnErrorShouldBeContained() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(
                namespace(),
                SessionTypeSettings.BUILT_IN,
                new RecordingListener() {
                    @Override
                    public void onEvent(SessionEvent<?> event) {
                        throw new IllegalStateException("at the event");
                    }

                    @Override
                    public void onError(SessionTrackerError error) {
                        throw new IllegalStateException("at the error");
                    }
                },
                recorder);

        assertThat(tracker.start(new Checkout("order-1")).isSuccess()).isTrue();
        assertThat(recorder.events()).hasSize(1);
        assertThat(recorder.errors()).hasSize(1);
    }

    @Test
    default void aListenerWhoseListensToFailsShouldGetNoEvent() {
        RecordingListener recorder = new RecordingListener();
        SessionTracker tracker = tracker(
                namespace(),
                KEPT,
                new RecordingListener() {
                    @Override
                    public boolean listensTo(Class<?> event, Class<? extends Session> type) {
                        throw new IllegalStateException("no");
                    }

                    @Override
                    public void onEvent(SessionEvent<?> event) {
                        throw new AssertionError("notified");
                    }
                },
                recorder);

        assertThat(tracker.start(new Checkout("order-1")).isSuccess()).isTrue();
        assertThat(tracker.start(new Checkout("order-2"), SessionEntryOptions.absoluteAt(past()))
                        .isSuccess())
                .isTrue();
        assertThat(tracker.finish(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(tracker.expireSessions()).isEqualTo(1);
        assertThat(recorder.events()).hasSize(4);
    }

    @Test
    default void aListenerShouldGetOnlyEventsItListensTo() {
        RecordingListener finished = new RecordingListener() {
            @Override
            public boolean listensTo(Class<?> event, Class<? extends Session> type) {
                return event == SessionFinished.class && type == Checkout.class;
            }
        };
        SessionTracker tracker = tracker(namespace(), SessionTypeSettings.BUILT_IN, finished);
        tracker.start(new Checkout("order-1")).orElseThrow();
        tracker.start(new TrackerIsolationContract.Locks("order-1")).orElseThrow();
        tracker.finish(Checkout.class, "order-1").orElseThrow();
        tracker.finish(TrackerIsolationContract.Locks.class, "order-1").orElseThrow();

        assertThat(finished.events()).singleElement().satisfies(event -> {
            assertThat(event).isInstanceOf(SessionFinished.class);
            assertThat(event.type()).isEqualTo("checkout");
        });
    }

    @Test
    default void eventsWithoutAListenerShouldCostNothing() {
        FaultyDataProvider store = new FaultyDataProvider(data(namespace()));
        Decoding codec = new Decoding();
        SessionTracker tracker = new SessionTrackerBuilder(store, locks(namespace()), codec)
                .sweep(ON_DEMAND)
                .listener(new RecordingListener() {
                    @Override
                    public boolean listensTo(Class<?> event, Class<? extends Session> type) {
                        return false;
                    }
                })
                .build();
        Checkout checkout = new Checkout("order-1");
        tracker.start(checkout).orElseThrow();
        tracker.update(checkout).orElseThrow();
        tracker.finish(checkout).orElseThrow();
        tracker.resume(checkout).orElseThrow();
        tracker.delete(checkout).orElseThrow();

        assertThat(store.calls()).isEqualTo(5);
        assertThat(store.returningCalls()).isZero();
        assertThat(codec.decoded).isZero();
    }

    @Test
    default void aListenerShouldBeAbleToUseTheTracker() {
        String namespace = namespace();
        SessionTracker other = tracker(namespace);
        SessionListener listener = event -> {
            if (event instanceof SessionFinished<?>) {
                other.start(Checkout.at(event.key(), "next")).orElseThrow();
            }
        };
        SessionTracker tracker = tracker(namespace, SessionTypeSettings.BUILT_IN, listener);
        tracker.start(new Checkout("order-1")).orElseThrow();

        assertThat(tracker.finish(Checkout.class, "order-1").isSuccess()).isTrue();
        assertThat(tracker.get(Checkout.class, "order-1").orElseThrow().getAddress())
                .isEqualTo("next");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** Counts what is read. */
    final class Decoding implements SessionCodec {

        private final SessionCodec codec = new JacksonSessionCodec();
        private int decoded;

        @Override
        public void verify(Class<? extends Session> type) {
            codec.verify(type);
        }

        @Override
        public byte[] encode(SessionAddress address, Session session) {
            return codec.encode(address, session);
        }

        @Override
        public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
            decoded++;
            return codec.decode(address, type, payload);
        }
    }
}
