package io.sessiontracker.benchmarks.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;

/** The server's statistics. */
final class ServerStatistics {

    private static final String COMMAND = "cmdstat_";
    private static final Pattern CALLS_AND_MICROS = Pattern.compile("calls=(\\d+),usec=(\\d+)");

    private final RedisCommands<String, String> redis;

    ServerStatistics(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /**
     * Totals since the server's start.
     *
     * @param micros by command; those of a script count for it and for each of its commands
     * @param calls by command
     */
    record Totals(long bytesIn, long bytesOut, Map<String, Long> calls, Map<String, Long> micros) {}

    Totals totals() {
        Map<String, Long> calls = new HashMap<>();
        Map<String, Long> micros = new HashMap<>();
        section("commandstats").forEach((name, value) -> {
            Matcher matcher = CALLS_AND_MICROS.matcher(value);
            if (name.startsWith(COMMAND) && matcher.find()) {
                String command = name.substring(COMMAND.length());
                calls.put(command, Long.valueOf(matcher.group(1)));
                micros.put(command, Long.valueOf(matcher.group(2)));
            }
        });
        Map<String, String> stats = section("stats");
        return new Totals(
                Long.parseLong(stats.get("total_net_input_bytes")),
                Long.parseLong(stats.get("total_net_output_bytes")),
                calls,
                micros);
    }

    /** Returns the memory of the data set, without connection buffers. */
    long usedMemory() {
        return number("memory", "used_memory") - number("memory", "mem_clients_normal");
    }

    long connections() {
        return number("clients", "connected_clients");
    }

    /** Returns the memory of each key. */
    Map<String, Long> memoryUsage() {
        Map<String, Long> usage = new HashMap<>();
        ScanIterator.scan(redis, ScanArgs.Builder.limit(1000))
                .forEachRemaining(key -> usage.put(key, redis.memoryUsage(key)));
        return usage;
    }

    String text(String section, String field) {
        return section(section).getOrDefault(field, "?");
    }

    private long number(String section, String field) {
        return Long.parseLong(section(section).getOrDefault(field, "0"));
    }

    private Map<String, String> section(String name) {
        Map<String, String> fields = new HashMap<>();
        List<String> lines =
                redis.info(name).lines().filter(line -> line.contains(":")).toList();
        lines.forEach(line -> fields.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
        return fields;
    }
}
