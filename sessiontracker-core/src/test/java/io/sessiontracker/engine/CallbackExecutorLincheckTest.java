package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Lincheck;
import io.sessiontracker.SessionResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lock that is granted while its caller gives up. */
@Tag(Lincheck.TAG)
class CallbackExecutorLincheckTest {

    @Test
    void shouldDeliverOrReleaseEachLock() {
        Lincheck.modelCheck(() -> {
            CompletableFuture<SessionResult<String>> request = new CompletableFuture<>();
            AtomicInteger releases = new AtomicInteger();
            CompletableFuture<SessionResult<String>> answer = new CallbackExecutor(Runnable::run)
                    .answer(request, CompletableFuture::completedFuture, lock -> releases.incrementAndGet());

            Thread grant = new Thread(() -> request.complete(SessionResult.success("lock")));
            Thread cancellation = new Thread(() -> answer.cancel(true));
            grant.start();
            cancellation.start();
            join(grant);
            join(cancellation);

            boolean granted = !request.isCancelled();
            boolean delivered = !answer.isCancelled();
            if (granted && delivered == releases.get() > 0) {
                throw new AssertionError("delivered: " + delivered + ", releases: " + releases);
            }
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
