package io.sessiontracker.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs calls at once, each in a thread of its own. */
final class Race {

    private static final long PATIENCE_SECONDS = 120;

    private Race() {}

    /** What each answered, in the order given. */
    static <T> List<T> run(List<? extends Callable<? extends T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            CyclicBarrier start = new CyclicBarrier(calls.size());
            List<Future<T>> answers = new ArrayList<>();
            for (Callable<? extends T> call : calls) {
                answers.add(threads.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            return join(answers);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> join(List<Future<T>> answers) throws Exception {
        List<T> joined = new ArrayList<>();
        for (Future<T> answer : answers) {
            try {
                joined.add(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException failed) {
                throw new AssertionError("a racing call failed", failed.getCause());
            }
        }
        return joined;
    }
}
