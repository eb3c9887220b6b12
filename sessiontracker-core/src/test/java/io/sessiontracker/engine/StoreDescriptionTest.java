package io.sessiontracker.engine;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.KeyStateDataProvider;
import io.sessiontracker.spi.state.MapKeyStateStore;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the engine makes of a store's description. */
class StoreDescriptionTest {

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Thread> readers = new CopyOnWriteArrayList<>();

    @Test
    void shouldCallABlockingStoreOnAWorker() {
        ClosableSessionTracker tracker = tracker(new GatedStore(StoreDescription.DEFAULT.maxPayload()));
        tracker.start(new Basket("b-1", "small")).orElseThrow();
        CompletableFuture<SessionResult<Basket>> answer = tracker.async().get(Basket.class, "b-1");
        assertThat(answer).isNotDone();
        gate.countDown();

        assertThat(answer.join().isSuccess()).isTrue();
        assertThat(readers).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void shouldReadForAnAsyncModifyWithoutBlockingItsCaller() {
        ClosableSessionTracker tracker = tracker(new GatedStore(StoreDescription.DEFAULT.maxPayload()));
        tracker.start(new Basket("b-1", "small")).orElseThrow();
        CompletableFuture<SessionResult<Basket>> answer =
                tracker.async().modify(Basket.class, "b-1", basket -> basket.content = "changed");
        assertThat(answer).isNotDone();
        gate.countDown();

        assertThat(answer.join().orElseThrow().getContent()).isEqualTo("changed");
        assertThat(readers).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void shouldCallABlockingStoreOnABlockedCallersThread() {
        ClosableSessionTracker tracker = tracker(new GatedStore(StoreDescription.DEFAULT.maxPayload()));
        tracker.start(new Basket("b-1", "small")).orElseThrow();
        gate.countDown();
        tracker.get(Basket.class, "b-1").orElseThrow();

        assertThat(readers).containsExactly(Thread.currentThread());
    }

    @Test
    void shouldRefuseAPayloadThatTheStoreDoesNotTake() {
        ClosableSessionTracker tracker = tracker(new GatedStore(100));
        gate.countDown();

        assertThatThrownBy(() -> tracker.start(new Basket("b-1", "x".repeat(100))))
                .isInstanceOf(SessionCodecException.class)
                .hasMessageContainingAll("basket/b-1", "at most 100");
        assertThat(tracker.get(Basket.class, "b-1").isSuccess()).isFalse();
        tracker.start(new Basket("b-1", "small")).orElseThrow();
    }

    @Test
    void shouldRefuseMoreIndexedPropertiesThanTheStoreCanHave() {
        SessionDataProvider store = new KeyStateDataProvider(new MapKeyStateStore(Clock.systemUTC())) {
            @Override
            public StoreDescription description() {
                return StoreDescription.DEFAULT.withMaxIndexedProperties(1);
            }
        };
        SessionTypeSettings one = indexing(Set.of("a"));
        SessionTypeSettings two = indexing(Set.of("a", "b"));

        build(store, new SessionTrackerSettings(one, Map.of("basket", one)));
        assertThatThrownBy(() -> build(store, new SessionTrackerSettings(one, Map.of("basket", two))))
                .isInstanceOf(TooManyIndexedPropertiesException.class)
                .hasMessage(
                        "Session type \"basket\" has 2 indexed properties; the store can index at most 1 of a type");
        assertThatThrownBy(() -> build(store, new SessionTrackerSettings(two, Map.of())))
                .hasMessageStartingWith("The defaults have 2 indexed properties");
    }

    private static SessionTypeSettings indexing(Set<String> properties) {
        SessionTypeSettings builtIn = SessionTypeSettings.BUILT_IN;
        return new SessionTypeSettings(
                builtIn.running(), builtIn.expiredRetention(), builtIn.finished(), builtIn.lock(), properties);
    }

    private static void build(SessionDataProvider store, SessionTrackerSettings settings) {
        new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(settings)
                .buildIdle()
                .close();
    }

    private static ClosableSessionTracker tracker(SessionDataProvider store) {
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .buildIdle();
    }

    /** A store whose reads block their thread until the gate is open. */
    private final class GatedStore extends KeyStateDataProvider {

        private final int maxPayload;

        GatedStore(int maxPayload) {
            super(new MapKeyStateStore(Clock.systemUTC()));
            this.maxPayload = maxPayload;
        }

        @Override
        public StoreDescription description() {
            return StoreDescription.DEFAULT.withBlocking().withMaxPayload(maxPayload);
        }

        @Override
        public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
            readers.add(Thread.currentThread());
            try {
                assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return super.get(address, touch);
        }
    }

    @SessionType("basket")
    static class Basket extends Session {

        private String content = "";

        Basket(String key) {
            super(key);
        }

        Basket(String key, String content) {
            super(key);
            this.content = content;
        }

        String getContent() {
            return content;
        }
    }
}
