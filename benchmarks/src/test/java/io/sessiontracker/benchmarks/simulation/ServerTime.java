package io.sessiontracker.benchmarks.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.sessiontracker.testing.RedisServer;

/**
 * Measures what a server spends, by the CPU time of its process: unlike the statistics of its commands this includes reading requests
 * and writing replies, and unlike a clock it excludes the time in which other processes had the processor.
 */
final class ServerTime {

    private final RedisServer server;

    ServerTime(RedisServer server) {
        this.server = server;
    }

    /**
     * What one unit of the work took.
     *
     * @param micros CPU time of the server
     * @param perSecond how often it was done
     */
    record Cost(double micros, double bytesIn, double bytesOut, double perSecond) {}

    /** Does the work, which consists of so many units. */
    Cost measure(long units, Runnable work) {
        Totals before = totals();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        Totals after = totals();
        return new Cost(
                (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / units,
                (double) (after.bytesIn() - before.bytesIn()) / units,
                (double) (after.bytesOut() - before.bytesOut()) / units,
                units / seconds);
    }

    private record Totals(double cpuSeconds, long bytesIn, long bytesOut) {}

    private Totals totals() {
        Map<String, String> info = server.call(redis -> fields(redis.info("cpu") + redis.info("stats")));
        return new Totals(
                Double.parseDouble(info.getOrDefault("used_cpu_user", "0"))
                        + Double.parseDouble(info.getOrDefault("used_cpu_sys", "0")),
                Long.parseLong(info.getOrDefault("total_net_input_bytes", "0")),
                Long.parseLong(info.getOrDefault("total_net_output_bytes", "0")));
    }

    private static Map<String, String> fields(String info) {
        return info.lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
    }

    /** Runs a task in as many threads, and returns when all are done. */
    static void inParallel(int threads, IntConsumer task) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> parts = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> executor.submit(() -> task.accept(thread)))
                    .toList();
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            executor.shutdown();
        }
    }
}
