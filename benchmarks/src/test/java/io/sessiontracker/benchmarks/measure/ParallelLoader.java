package io.sessiontracker.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Prepares data with many threads. */
final class ParallelLoader {

    private static final int THREADS = 32;

    private ParallelLoader() {}

    /** Runs the task for each number below the count, in any order. */
    static void doAll(int count, IntConsumer task) {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                parts.add(executor.submit(() -> {
                    for (int i = first; i < count; i += THREADS) {
                        task.accept(i);
                    }
                }));
            }
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
