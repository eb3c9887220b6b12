package io.sessiontracker.process;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;

import org.jspecify.annotations.Nullable;

/**
 * Gives the JDK's common pool no thread, as an application does that fills it with calls which wait. The tests of core, JDBC and
 * DynamoDB run so ({@code java.util.concurrent.ForkJoinPool.common.threadFactory}): whatever leaves a task to the common pool hangs
 * in them. Not those over Lettuce, which uses it to close a connection that could not be made.
 */
public final class NoCommonPool implements ForkJoinWorkerThreadFactory {

    @Override
    public @Nullable ForkJoinWorkerThread newThread(ForkJoinPool pool) {
        return null;
    }
}
