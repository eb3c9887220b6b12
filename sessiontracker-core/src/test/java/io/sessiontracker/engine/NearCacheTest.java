package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.ForwardingDataProvider;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NearCacheTest {

    private static final SessionTypeSettings CACHED =
            SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(NearCacheMode.VALIDATED));

    private final InMemorySessionDataProvider store = new InMemorySessionDataProvider();
    private final List<Boolean> hits = new ArrayList<>();
    private final SessionTracker tracker = builder().build();
    private final SessionTracker other =
            new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec()).build();

    static final class Basket extends Session {
        public List<String> items = new ArrayList<>();

        Basket(String key) {
            super(key);
        }
    }

    static final class Note extends Session {
        public String text = "";

        Note(String key) {
            super(key);
        }
    }

    private SessionTrackerBuilder builder() {
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(SessionTypeSettings.BUILT_IN, Map.of("basket", CACHED)))
                .instrumentation(new SessionInstrumentation() {
                    @Override
                    public void nearCacheRead(String type, boolean hit) {
                        hits.add(hit);
                    }
                });
    }

    @Test
    void shouldAnswerAFreshCopyOfWhatItStored() {
        tracker.start(new Basket("b-1")).orElseThrow();
        tracker.get(Basket.class, "b-1").orElseThrow().items.add("not stored");
        assertThat(tracker.peek(Basket.class, "b-1").orElseThrow().items).isEmpty();
        tracker.modify(Basket.class, "b-1", basket -> basket.items.add("tea")).orElseThrow();
        Basket basket = tracker.get(Basket.class, "b-1").orElseThrow();

        assertThat(basket.items).containsExactly("tea");
        assertThat(basket.getVersion()).isEqualTo(2);
        assertThat(hits).containsExactly(true, true, true, true);
    }

    @Test
    void shouldSeeWhatOtherInstancesStore() {
        other.start(new Basket("b-1")).orElseThrow();
        assertThat(tracker.get(Basket.class, "b-1").orElseThrow().items).isEmpty();
        other.modify(Basket.class, "b-1", basket -> basket.items.add("tea")).orElseThrow();
        assertThat(tracker.get(Basket.class, "b-1").orElseThrow().items).containsExactly("tea");
        assertThat(tracker.get(Basket.class, "b-1").orElseThrow().items).containsExactly("tea");
        other.delete(Basket.class, "b-1").orElseThrow();
        assertThat(tracker.get(Basket.class, "b-1").isFailure()).isTrue();
        other.start(new Basket("b-1")).orElseThrow();

        assertThat(tracker.get(Basket.class, "b-1").orElseThrow().items).isEmpty();
        assertThat(hits).containsExactly(false, false, true, false, false);
    }

    @Test
    void shouldCacheNoOtherType() {
        tracker.start(new Note("n-1")).orElseThrow();
        assertThat(tracker.get(Note.class, "n-1").isSuccess()).isTrue();
        assertThat(hits).isEmpty();
    }

    @Test
    void shouldKeepTheCopiesWithinTheirSize() {
        SessionTracker small = builder().nearCacheSize(100_000).build();
        String text = "x".repeat(10_000);
        List<String> keys =
                IntStream.range(0, 50).mapToObj(number -> "b-" + number).toList();
        keys.forEach(key -> {
            Basket basket = new Basket(key);
            basket.items.add(text);
            small.start(basket).orElseThrow();
        });
        keys.forEach(key -> assertThat(small.get(Basket.class, key).isSuccess()).isTrue());

        assertThat(hits.stream().filter(hit -> hit)).hasSizeBetween(1, 9);
    }

    @Test
    void shouldRefuseToAnswerFromMemoryIfChangesAreNotAnnounced() {
        SessionDataProvider silent = new ForwardingDataProvider(store) {
            @Override
            public Optional<SessionAnnouncements> announcements() {
                return Optional.empty();
            }
        };
        SessionTypeSettings local =
                SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(NearCacheMode.LOCAL));
        SessionTrackerBuilder builder = new SessionTrackerBuilder(
                        silent, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(SessionTypeSettings.BUILT_IN, Map.of("basket", local)));

        assertThatThrownBy(builder::build)
                .isInstanceOf(UnannouncedChangesException.class)
                .hasMessage(
                        "Session type \"basket\" has the near cache's mode local, which needs a store that announces"
                                + " changes; use the mode validated");
    }

    @Test
    void shouldAskAStoreInThisProcess() {
        SessionTracker local = new SessionTrackerBuilder(
                        store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(
                        SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(NearCacheMode.LOCAL)),
                        Map.of()))
                .build();
        other.start(new Basket("b-1")).orElseThrow();
        for (int i = 1; i <= 3; i++) {
            other.modify(Basket.class, "b-1", basket -> basket.items.add("tea")).orElseThrow();
            assertThat(local.get(Basket.class, "b-1").orElseThrow().items).hasSize(i);
        }
    }

    @Test
    void shouldRefuseASizeThatIsNone() {
        assertThatThrownBy(() -> builder().nearCacheSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The near cache's size must be positive; it is 0");
    }
}
