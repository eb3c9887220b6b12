package io.sessiontracker.benchmarks.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Clients;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.benchmarks.candidate.Work;
import io.sessiontracker.benchmarks.simulation.ServerTime.Cost;
import io.sessiontracker.redis.lock.RedisSessionLockProvider;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Measures what a server spends for calls that several instances make at the same time, each over its own connection. */
final class CallTimes {

    private static final int INSTANCES = 8;
    private static final int THREADS = 4 * INSTANCES;
    private static final LockRequest ONE_ATTEMPT = new LockRequest(
            new SessionAddress("order", "held"), Duration.ofMinutes(5), Duration.ZERO, Duration.ofSeconds(1), false);

    private final RedisServer server;
    private final int calls;

    /** @param calls how many to make of each kind */
    CallTimes(RedisServer server, int calls) {
        this.server = server;
        this.calls = calls;
    }

    Map<String, Cost> measure() {
        Map<String, Cost> costs = new LinkedHashMap<>();
        costs.put("PING", pings());
        costs.put("GET", candidate(Candidates.BASELINE, Work.GET));
        costs.put("GET, SET", candidate(Candidates.BASELINE, Work.CHANGE));
        for (Work work : List.of(Work.GET, Work.CHANGE, Work.MODIFY, Work.START, Work.FINISH)) {
            costs.put(work.title(), candidate(Candidates.TRACKER, work));
        }
        costs.put("get, validated", candidate(Candidates.VALIDATED, Work.GET));
        costs.put("locked change", candidate(Candidates.OWN_LOCK, Work.LOCKED_CHANGE));
        for (Work work : List.of(Work.START, Work.FINISH)) {
            costs.put(work.title() + ", not queryable", candidate(Candidates.UNQUERYABLE, work));
        }
        for (Work work : List.of(Work.START, Work.FINISH, Work.PAGE, Work.COUNT)) {
            costs.put(work.title() + ", one indexed property", candidate(Candidates.INDEXED, work));
        }
        costs.put("attempt at a held lock", refusedLocks());
        return costs;
    }

    private Cost pings() {
        RedisClient client = RedisClient.create(RedisURI.create(RedisServer.HOST, server.port()));
        try {
            List<StatefulRedisConnection<String, String>> connections = each(client::connect);
            return measure(
                    calls, thread -> connections.get(thread % INSTANCES).sync().ping());
        } finally {
            client.shutdown();
        }
    }

    private Cost candidate(String name, Work work) {
        Function<Clients, Candidate> opener = Candidates.all().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .opener();
        List<Clients> clients = each(() -> new Clients(server));
        List<Candidate> candidates = clients.stream().map(opener).toList();
        try {
            candidates.forEach(Candidate::prepare);
            return candidate(candidates, work);
        } finally {
            candidates.forEach(CallTimes::close);
            clients.forEach(Clients::close);
            server.call(redis -> redis.flushall());
        }
    }

    private Cost candidate(List<Candidate> candidates, Work work) {
        int times = work.callsOf(calls);
        int before = work.consumes() ? times / THREADS + 1 : ThreadSessions.PAGE_SIZE;
        List<ThreadSessions> sessions = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            sessions.add(new ThreadSessions("t" + thread, Payload.SMALL));
        }
        if (work.needsSessions()) {
            ServerTime.inParallel(
                    THREADS, thread -> sessions.get(thread).startAll(candidates.get(thread % INSTANCES), before));
        }
        return measure(times, thread -> work.doOnce(sessions.get(thread), candidates.get(thread % INSTANCES)));
    }

    private Cost refusedLocks() {
        List<LettuceConnectionFactory> connections = each(() -> server.newConnectionFactory(Duration.ofMinutes(1)));
        List<RedisSessionLockProvider> locks = connections.stream()
                .map(each -> new RedisSessionLockProvider(each, "shop"))
                .toList();
        HeldLock held = ((LockReply.Acquired) attempt(locks.get(0))).lock();
        try {
            return measure(calls, thread -> attempt(locks.get(thread % INSTANCES)));
        } finally {
            held.release().toCompletableFuture().join();
            locks.forEach(RedisSessionLockProvider::close);
            connections.forEach(LettuceConnectionFactory::destroy);
        }
    }

    private static LockReply attempt(RedisSessionLockProvider locks) {
        return locks.acquire(ONE_ATTEMPT).toCompletableFuture().join();
    }

    private static <T> List<T> each(Supplier<T> opener) {
        return Stream.generate(opener).limit(INSTANCES).toList();
    }

    private Cost measure(int times, IntConsumer call) {
        int ofThread = Math.max(1, times / THREADS);
        return new ServerTime(server)
                .measure(
                        (long) ofThread * THREADS,
                        () -> ServerTime.inParallel(THREADS, thread -> {
                            for (int i = 0; i < ofThread; i++) {
                                call.accept(thread);
                            }
                        }));
    }

    private static void close(AutoCloseable candidate) {
        try {
            candidate.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
