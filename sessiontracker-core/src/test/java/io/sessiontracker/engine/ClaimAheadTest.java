package io.sessiontracker.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** While a batch of expired sessions is delivered the next is claimed, and deliveries are acknowledged some at a time. */
class ClaimAheadTest {

    private static final int BATCH = 30;
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile @Nullable CompletableFuture<SessionSweep.Reply> third;
    private final SessionDataProvider memory = new InMemorySessionDataProvider();

    @Test
    void shouldDeliverAndAcknowledgeEachSessionOnce() {
        List<String> expected = keys(4 * BATCH + 7);
        ClosableSessionTracker tracker = tracker(expired -> calls.add("deliver " + expired.key()));
        due(tracker, expected);

        assertThat(tracker.expireSessions()).isEqualTo(expected.size());

        assertThat(calls.stream()
                        .filter(call -> call.startsWith("deliver "))
                        .map(call -> call.substring(call.indexOf(' ') + 1)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(calls.stream()
                        .filter(call -> call.startsWith("acknowledge "))
                        .map(call -> call.substring(call.indexOf(' ') + 1)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The first batch shows how fast delivery is. The third is claimed before anything of the second is delivered. */
    @Test
    void shouldClaimTheNextBatchDuringDelivery() {
        ClosableSessionTracker tracker = tracker(expired -> calls.add("deliver"));
        due(tracker, keys(3 * BATCH));
        calls.clear();
        tracker.expireSessions();

        List<String> turns =
                calls.stream().filter(call -> !call.startsWith("acknowledge")).toList();
        assertThat(turns.subList(0, 1)).containsExactly("sweep");
        assertThat(turns.subList(1 + BATCH, 4 + BATCH)).containsExactly("sweep", "sweep", "deliver");
    }

    /** Whoever stopped it may close the store next. */
    @Test
    void shouldLeaveNoClaimUnderWayWhenItIsStopped() throws Exception {
        AtomicReference<ClosableSessionTracker> own = new AtomicReference<>();
        ClosableSessionTracker tracker = tracker(expired -> {
            if (calls.stream().filter("sweep"::equals).count() == 3) {
                own.get().close();
            }
        });
        own.set(tracker);
        due(tracker, keys(4 * BATCH));
        third = new CompletableFuture<>();
        Thread sweeping = new Thread(tracker::expireSessions);
        sweeping.start();

        await().until(() -> sweeping.getState() == Thread.State.WAITING);
        third.complete(new SessionSweep.Reply(List.of(), false));
        sweeping.join();
    }

    private ClosableSessionTracker tracker(Consumer<SessionEvent<?>> onEvent) {
        SessionTypeSettings kept = new SessionTypeSettings(
                SessionEntryOptions.absolute(HOUR), HOUR, SessionEntryOptions.absolute(HOUR), LockSettings.BUILT_IN);
        return new SessionTrackerBuilder(recorded(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(kept, Map.of()))
                .sweep(new SweepSettings(false, HOUR, HOUR, BATCH, 5))
                .listener(event -> {
                    if (event instanceof SessionExpired<?>) {
                        onEvent.accept(event);
                    }
                })
                .build();
    }

    /** Notes what is asked of the store, when it is asked. */
    private SessionDataProvider recorded() {
        return (SessionDataProvider) Proxy.newProxyInstance(
                SessionDataProvider.class.getClassLoader(),
                new Class<?>[] {SessionDataProvider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("sweep") && !((SessionSweep) arguments[0]).reminders()) {
                        calls.add("sweep");
                        if (third != null
                                && calls.stream().filter("sweep"::equals).count() == 3) {
                            return third;
                        }
                    } else if (method.getName().equals("acknowledgeExpired")) {
                        ((Collection<?>) arguments[1])
                                .forEach(expired -> calls.add("acknowledge " + ((SessionSweep.Claimed) expired).key()));
                    }
                    return method.invoke(memory, arguments);
                });
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "b-" + i).toList();
    }

    private static void due(ClosableSessionTracker tracker, List<String> keys) {
        SessionEntryOptions past = SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60));
        keys.forEach(key -> tracker.start(new Basket(key), past).orElseThrow());
    }

    static class Basket extends Session {
        Basket(String key) {
            super(key);
        }
    }
}
