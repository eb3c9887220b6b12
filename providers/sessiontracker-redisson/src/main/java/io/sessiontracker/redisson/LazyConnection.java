package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.redisson.command.CommandAsyncExecutor;

/**
 * The first connection of a lazy client. Redisson opens it on the first caller's thread, for all concurrent callers. Here a
 * separate thread opens it, so that no caller is blocked, and the interruption of one caller does not fail others.
 */
final class LazyConnection {

    private final CommandAsyncExecutor executor;
    private @Nullable CompletableFuture<Void> attempt;

    LazyConnection(CommandAsyncExecutor executor) {
        this.executor = executor;
    }

    /** Returns when the connection is open: at once after the first success. After a failure the next call tries again. */
    synchronized CompletableFuture<Void> ready() {
        if (attempt == null || attempt.isCompletedExceptionally()) {
            attempt = CompletableFuture.runAsync(this::connect, LazyConnection::start);
        }
        return attempt;
    }

    /** Reading the servers connects, unless that has happened already. */
    private void connect() {
        var unused = executor.getConnectionManager().getEntrySet();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "sessiontracker-redisson-connect");
        thread.setDaemon(true);
        thread.start();
    }
}
