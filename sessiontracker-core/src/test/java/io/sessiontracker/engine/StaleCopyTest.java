package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.ForwardingDataProvider;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What must not be answered from a copy in memory, while another instance's change is still on its way to it. */
class StaleCopyTest {

    private final InMemorySessionDataProvider memory = new InMemorySessionDataProvider();
    private final SessionTracker tracker = tracker(new LateStore(memory), NearCacheMode.LOCAL);
    private final SessionTracker other = tracker(memory, NearCacheMode.NONE);

    static final class Basket extends Session {
        public List<String> items = new ArrayList<>();

        Basket(String key) {
            super(key);
        }
    }

    /** A store whose announcements do not arrive within the test, nor are late enough for a copy not to be used. */
    private static final class LateStore extends ForwardingDataProvider implements SessionAnnouncements {

        private static final long HOUR = Duration.ofHours(1).toMillis();

        LateStore(SessionDataProvider store) {
            super(store);
        }

        @Override
        public Optional<SessionAnnouncements> announcements() {
            return Optional.of(this);
        }

        @Override
        public CompletionStage<CopyReply> read(
                SessionAddress address, @Nullable SessionVersion known, @Nullable OperationToken write, boolean touch) {
            return get(address, touch).thenApply(reply -> new CopyReply(reply, HOUR, HOUR));
        }

        @Override
        public Subscription subscribe(Duration heartbeat, Listener listener) {
            return new Subscription() {
                @Override
                public long lagMillis(String type) {
                    return 0;
                }

                @Override
                public void suspend() {}

                @Override
                public void resume() {}
            };
        }
    }

    private static SessionTracker tracker(SessionDataProvider store, NearCacheMode mode) {
        SessionTypeSettings settings = SessionTypeSettings.BUILT_IN.withNearCache(NearCacheSettings.of(mode));
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(settings, Map.of()))
                .buildIdle();
    }

    @BeforeEach
    void makeTheCopyStale() {
        tracker.start(new Basket("b")).orElseThrow();
        tracker.modify(Basket.class, "b", "first", basket -> basket.items.add("tea"))
                .orElseThrow();
        tracker.get(Basket.class, "b").orElseThrow();
        other.modify(Basket.class, "b", basket -> basket.items.add("cup")).orElseThrow();

        assertThat(tracker.get(Basket.class, "b").orElseThrow().items).containsExactly("tea");
    }

    @Test
    void shouldReadWhatIsStoredUnderALock() {
        try (LockedSession<Basket> locked = tracker.getLocked(Basket.class, "b").orElseThrow()) {
            assertThat(locked.session().items).containsExactly("tea", "cup");
        }
    }

    @Test
    void shouldAnswerARepeatedOperationWithWhatIsStored() {
        Basket basket = tracker.modify(Basket.class, "b", "first", same -> same.items.add("tea"))
                .orElseThrow();

        assertThat(basket.items).containsExactly("tea", "cup");
    }

    @Test
    void shouldJudgeAnExceptionByWhatIsStored() {
        Basket basket = tracker.modify(Basket.class, "b", same -> same.items.set(1, "mug"))
                .orElseThrow();

        assertThat(basket.items).containsExactly("tea", "mug");
    }
}
