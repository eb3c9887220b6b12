package io.sessiontracker.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.sessiontracker.benchmarks.candidate.Candidate;
import io.sessiontracker.benchmarks.candidate.Candidates;
import io.sessiontracker.benchmarks.candidate.Clients;
import io.sessiontracker.benchmarks.candidate.Payload;
import io.sessiontracker.benchmarks.candidate.ThreadSessions;
import io.sessiontracker.testing.RedisServer;

/** Measures the memory of a server with many sessions. */
final class SessionMemory {

    private static final int LOADERS = 32;

    private final RedisServer server;

    SessionMemory(RedisServer server) {
        this.server = server;
    }

    /** Returns the bytes of one session of that candidate where there are so many. */
    double bytes(String candidate, int sessions) {
        Candidates.Entry entry = Candidates.all().stream()
                .filter(each -> each.name().equals(candidate))
                .findFirst()
                .orElseThrow();
        try (Clients clients = new Clients(server);
                Candidate tracker = entry.opener().apply(clients)) {
            tracker.prepare();
            long before = used();
            List<ThreadSessions> loaders = new ArrayList<>();
            Stream.iterate(0, i -> i + 1)
                    .limit(LOADERS)
                    .forEach(i -> loaders.add(new ThreadSessions("m" + i, Payload.SMALL)));
            ServerTime.inParallel(LOADERS, i -> loaders.get(i).startAll(tracker, sessions / LOADERS));
            return (double) (used() - before) / (sessions / LOADERS * LOADERS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            server.call(redis -> redis.flushall());
        }
    }

    private long used() {
        return server.call(redis ->
                field(redis.info("memory"), "used_memory") - field(redis.info("memory"), "mem_clients_normal"));
    }

    private static long field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .sum();
    }
}
