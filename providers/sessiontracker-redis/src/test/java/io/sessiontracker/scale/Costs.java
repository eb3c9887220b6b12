package io.sessiontracker.scale;

import java.util.HashMap;
import java.util.Map;

import io.sessiontracker.testing.RedisServer;

/**
 * What a server says that it did.
 *
 * @param calls how often each command ran, also inside scripts
 * @param bytes how much it sent
 */
record Costs(Map<String, Long> calls, long bytes) {

    private static final String STATISTICS = "cmdstat_";

    static Costs upToNow(RedisServer server) {
        String commands = server.call(redis -> redis.info("commandstats"));
        String traffic = server.call(redis -> redis.info("stats"));
        Map<String, Long> calls = new HashMap<>();
        commands.lines()
                .filter(line -> line.startsWith(STATISTICS))
                .forEach(line -> calls.put(
                        line.substring(STATISTICS.length(), line.indexOf(':')), Long.parseLong(value(line, "calls="))));
        String sent = traffic.lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .findFirst()
                .orElseThrow();
        return new Costs(calls, Long.parseLong(sent.substring(sent.indexOf(':') + 1)));
    }

    private static String value(String line, String name) {
        String rest = line.substring(line.indexOf(name) + name.length());
        return rest.substring(0, rest.indexOf(','));
    }

    /** What some work costs, beside what it costs to ask. */
    static Costs of(RedisServer server, Runnable work) {
        Costs first = upToNow(server);
        Costs before = upToNow(server);
        work.run();
        return upToNow(server).minus(before).minus(before.minus(first));
    }

    private Costs minus(Costs other) {
        Map<String, Long> difference = new HashMap<>();
        calls.forEach((command, count) -> difference.put(command, count - other.of(command)));
        return new Costs(difference, bytes - other.bytes);
    }

    long of(String command) {
        return calls.getOrDefault(command, 0L);
    }

    /** How many requests a client sent, where it sends nothing but scripts. */
    long requests() {
        return of("evalsha") + of("eval");
    }
}
