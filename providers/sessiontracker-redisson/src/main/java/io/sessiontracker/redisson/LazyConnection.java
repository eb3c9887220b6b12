package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.redisson.command.CommandAsyncExecutor;

/**
 * A lazy client's first connection. Redisson makes it on the thread of whoever comes first, for all who come meanwhile: here
 * it gets a thread of its own, so nobody is blocked, and the interruption of one fails no other.
 */
final class LazyConnection {

    private final CommandAsyncExecutor executor;
    private @Nullable CompletableFuture<Void> attempt;

    LazyConnection(CommandAsyncExecutor executor) {
        this.executor = executor;
    }

    /** Complete at once from the first success on. After a failure the next call tries again. */
    synchronized CompletableFuture<Void> ready() {
        if (attempt == null || attempt.isCompletedExceptionally()) {
            attempt = CompletableFuture.runAsync(this::connect, LazyConnection::start);
        }
        return attempt;
    }

    /** Whatever asks for the servers connects, if that is not done yet. */
    private void connect() {
        var unused = executor.getConnectionManager().getEntrySet();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "session-tracker-lock-connect");
        thread.setDaemon(true);
        thread.start();
    }
}
