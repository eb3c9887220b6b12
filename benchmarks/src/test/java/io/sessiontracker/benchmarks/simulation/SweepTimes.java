package io.sessiontracker.benchmarks.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

import io.lettuce.core.api.sync.RedisCommands;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.benchmarks.candidate.Clients;
import io.sessiontracker.benchmarks.candidate.OrderSession;
import io.sessiontracker.benchmarks.candidate.Tracker;
import io.sessiontracker.benchmarks.simulation.ServerTime.Cost;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.redis.RedisSessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.testing.RedisServer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Measures what a server spends for sweeps. */
final class SweepTimes {

    private static final int LOADERS = 32;
    private static final String TYPE = SessionInternals.requireTypeName(OrderSession.class);

    private final RedisServer server;

    SweepTimes(RedisServer server) {
        this.server = server;
    }

    /** Returns the cost of a sweep of one type with no expired session. */
    Cost idle(SessionSweep sweep, int times) {
        return withStore(store -> new ServerTime(server).measure(times, () -> {
            for (int i = 0; i < times; i++) {
                store.sweep(sweep).toCompletableFuture().join();
            }
        }));
    }

    /** Returns the cost of claiming one of so many sessions that have expired, without a delivery. */
    Cost claimed(int sessions) {
        List<Clients> clients = List.of(new Clients(server));
        try (ClosableSessionTracker tracker = tracker(clients.get(0))) {
            start(tracker, sessions);
            return withStore(store -> new ServerTime(server).measure(sessions, () -> claimAll(store)));
        } finally {
            clients.forEach(Clients::close);
            server.call(redis -> redis.flushall());
        }
    }

    private static void claimAll(RedisSessionDataProvider store) {
        SessionSweep sweep = SessionSweep.claim(TYPE, SweepSettings.BUILT_IN.batchSize(), 60_000);
        boolean more = true;
        while (more) {
            SessionSweep.Reply reply = store.sweep(sweep).toCompletableFuture().join();
            sweep = sweep.from(reply.next());
            more = reply.more();
        }
    }

    private <T> T withStore(Function<RedisSessionDataProvider, T> use) {
        LettuceConnectionFactory connections = server.newConnectionFactory(Duration.ofMinutes(1));
        try {
            return use.apply(new RedisSessionDataProvider(RedisSessionDataProvider.template(connections), "shop"));
        } finally {
            connections.destroy();
        }
    }

    private static ClosableSessionTracker tracker(Clients clients) {
        return new Tracker(clients).retention(Duration.ofHours(1)).build();
    }

    /**
     * What came of sweeps.
     *
     * @param delivery the cost of one
     * @param reads how long another caller waited for a read meanwhile, which it made each millisecond
     */
    record Sweeps(Cost delivery, Latencies reads) {}

    /** Lets so many instances sweep so many sessions that have expired. */
    Sweeps due(int sessions, int instances) {
        LongAdder delivered = new LongAdder();
        SessionListener listener = event -> {
            if (event instanceof SessionExpired) {
                delivered.increment();
            }
        };
        List<Clients> clients =
                Stream.generate(() -> new Clients(server)).limit(instances).toList();
        List<ClosableSessionTracker> trackers =
                clients.stream().map(SweepTimes::tracker).toList();
        Latencies reads = new Latencies();
        try {
            start(trackers.get(0), sessions);
            trackers.forEach(each -> {
                each.addListeners(List.of(listener), List.of(OrderSession.class));
                each.startSweeping();
            });
            Cost cost = new ServerTime(server)
                    .measure(
                            sessions,
                            () -> ServerTime.inParallel(instances + 1, instance -> {
                                if (instance == instances) {
                                    server.call(redis -> readWhile(redis, reads, () -> delivered.sum() < sessions));
                                }
                                while (delivered.sum() < sessions) {
                                    trackers.get(instance).expireSessions();
                                }
                            }));
            return new Sweeps(cost, reads);
        } finally {
            trackers.forEach(ClosableSessionTracker::close);
            clients.forEach(Clients::close);
            server.call(redis -> redis.flushall());
        }
    }

    private static boolean readWhile(RedisCommands<String, String> redis, Latencies reads, BooleanSupplier more) {
        while (more.getAsBoolean()) {
            long begun = System.nanoTime();
            redis.get("another");
            reads.add(System.nanoTime() - begun);
            LockSupport.parkNanos(VirtualTime.millis(1));
        }
        return true;
    }

    private static void start(ClosableSessionTracker tracker, int sessions) {
        SessionEntryOptions due = SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(1));
        ServerTime.inParallel(LOADERS, thread -> {
            for (int i = thread; i < sessions; i += LOADERS) {
                tracker.start(new OrderSession("due-" + i), due).orElseThrow();
            }
        });
    }
}
