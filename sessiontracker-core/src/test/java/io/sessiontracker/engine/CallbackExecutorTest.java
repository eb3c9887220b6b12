package io.sessiontracker.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which thread goes on, and when, where the caller does not wait. */
class CallbackExecutorTest {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CallbackExecutor workers = new CallbackExecutor(tasks::add);
    private final CompletableFuture<SessionResult<String>> asked = new CompletableFuture<>();
    private final List<String> givenBack = new ArrayList<>();

    /** Even where the reply is there at once, and the worker done before the caller could say what follows. */
    @Test
    void shouldHoldRepliesUntilContinuationsAreAttached() {
        Executor swift = task -> {
            Thread worker = new Thread(task);
            worker.start();
            try {
                worker.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        };
        CallbackExecutor inOthers = new CallbackExecutor(swift);

        Thread thread = inOthers.ask(() -> inOthers.dispatch("this", CompletableFuture.completedStage("reply"))
                        .thenApply(reply -> Thread.currentThread()))
                .join();

        assertThat(thread).isNotSameAs(Thread.currentThread());
    }

    @Test
    void shouldLeaveItToAWorkerToGoOn() {
        CompletableFuture<String> reply = new CompletableFuture<>();
        CompletableFuture<String> answer = workers.ask(() -> workers.dispatch("this", reply));
        reply.complete("reply");

        assertThat(answer).isNotDone();
        tasks.remove().run();
        assertThat(answer).isCompletedWithValue("reply");
    }

    @Test
    void shouldWithdrawACancelledRequest() {
        answer().cancel(true);

        assertThat(asked).isCancelled();
        tasks.remove().run();
        assertThat(givenBack).isEmpty();
    }

    @Test
    void shouldReleaseLateGrants() {
        CompletableFuture<SessionResult<String>> answer = answer();
        asked.complete(SessionResult.success("lock"));
        answer.cancel(true);
        tasks.remove().run();

        assertThat(givenBack).containsExactly("lock");
    }

    @Test
    void shouldNotReleaseADeliveredLock() {
        CompletableFuture<SessionResult<String>> answer = answer();
        asked.complete(SessionResult.success("lock"));
        tasks.remove().run();

        assertThat(answer.join().orElseThrow()).isEqualTo("lock");
        assertThat(givenBack).isEmpty();
    }

    @Test
    void shouldFailWithTheRequestsOwnException() {
        SessionStoreException away = new SessionStoreException("away", null);
        CompletableFuture<SessionResult<String>> answer = answer();
        asked.completeExceptionally(away);
        tasks.remove().run();

        assertThat(answer.handle((result, failure) -> failure).join()).isSameAs(away);
    }

    @Test
    void shouldFailAndReleaseWhereTheNextStageFails() {
        SessionStoreException away = new SessionStoreException("away", null);
        CompletableFuture<SessionResult<String>> answer =
                workers.answer(asked, reply -> CompletableFuture.failedStage(away), givenBack::add);
        asked.complete(SessionResult.success("lock"));
        tasks.remove().run();

        assertThat(answer.handle((result, failure) -> failure).join()).isSameAs(away);
        assertThat(givenBack).containsExactly("lock");
    }

    private CompletableFuture<SessionResult<String>> answer() {
        return workers.answer(asked, CompletableFuture::completedStage, givenBack::add);
    }
}
