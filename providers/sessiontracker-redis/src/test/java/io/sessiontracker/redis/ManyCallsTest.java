package io.sessiontracker.redis;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers that do not wait cost no threads, however many they are. */
class ManyCallsTest {

    private static final int CALLS = 10_000;

    private final ClosableSessionTracker tracker = new SessionTrackerBuilder(
                    new RedisSessionDataProvider(
                            RedisSessionDataProvider.template(
                                    RedisTopology.STANDALONE.servers().connectionFactory()),
                            RedisTopology.newNamespace()),
                    new InMemorySessionLockProvider(),
                    new JacksonSessionCodec())
            .buildIdle();
    private final ReactiveSessionTracker reactive = ReactiveSessionTracker.over(tracker.async());

    @Test
    void tenThousandAtOnceShouldStartNoThreadOfTheirOwn() {
        tracker.start(new Basket("b-1")).orElseThrow();
        reads(100, new HashSet<>());
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        Set<Thread> during = ConcurrentHashMap.newKeySet();

        reads(CALLS, during);

        during.removeAll(before);
        assertThat(during).isEmpty();
    }

    /** All are under way at once; looks at the threads each time another tenth of them was answered. */
    private void reads(int count, Set<Thread> threads) {
        AtomicInteger answered = new AtomicInteger();
        Long read = Flux.range(0, count)
                .flatMap(
                        i -> reactive.get(Basket.class, "b-1").doOnNext(result -> {
                            result.orElseThrow();
                            if (answered.incrementAndGet() % (count / 10) == 0) {
                                threads.addAll(Thread.getAllStackTraces().keySet());
                            }
                        }),
                        count)
                .count()
                .block();
        assertThat(read).isEqualTo(count);
    }

    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
