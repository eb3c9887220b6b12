package io.sessiontracker.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import io.sessiontracker.SessionStoreException;

/**
 * Decides which thread goes on with a store's reply. A store may complete its stages on a driver's I/O thread. What follows in the
 * engine calls the application: codecs, changes, suppliers, listeners. Any of them may call a blocking tracker again, and on an I/O
 * thread would wait for a reply that only this thread could read. So every reply is dispatched before anything follows it.
 */
@FunctionalInterface
interface ReplyDispatcher {

    /**
     * Returns the same reply, whose dependent stages run on another thread.
     *
     * @param subject the session or type that was asked for, for messages
     */
    <R> CompletionStage<R> dispatch(Object subject, CompletionStage<R> reply);

    /**
     * Lets the calling thread wait, and then go on itself: so a blocking tracker's listeners run in their caller's thread, and need no
     * executor. If the thread is interrupted it stays so, and the returned stage fails: whether the store did it is unknown.
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
