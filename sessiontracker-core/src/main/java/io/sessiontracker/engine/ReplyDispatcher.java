package io.sessiontracker.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.sessiontracker.SessionStoreException;

/**
 * Which thread goes on with what a store replied. A store may complete its stages on a driver's I/O thread. What follows in the
 * engine calls the application: codecs, changes, suppliers, listeners. Any of them may call a blocking tracker again, and on an
 * I/O thread would wait for a reply that only this thread could read. So every reply is handed over before anything follows it.
 */
@FunctionalInterface
interface ReplyDispatcher {

    /**
     * The same reply, for stages that go on elsewhere.
     *
     * @param subject what it is about, for messages
     */
    <R> CompletionStage<R> take(Object subject, CompletionStage<R> reply);

    /**
     * The thread that asked waits, and then goes on itself: so a blocking tracker's listeners run in their caller's thread, and
     * need no executor. If it is interrupted it stays so, and whether the store did it is unknown.
     */
    static <R> CompletionStage<R> toWaitingCaller(Object subject, CompletionStage<R> reply) {
        try {
            var unused = reply.toCompletableFuture().get();
            return reply;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedStage(new SessionStoreException(
                    "Interrupted while waiting for the store's reply about %s; it may have been done all the same"
                            .formatted(subject),
                    interrupted));
        } catch (ExecutionException | CancellationException failed) {
            return reply;
        }
    }
}
