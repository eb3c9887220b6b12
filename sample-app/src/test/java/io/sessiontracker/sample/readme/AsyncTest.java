package io.sessiontracker.sample.readme;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionErrorException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.test.SessionTrackerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The examples of docs/async.md work as documented. */
@SessionTrackerTest
@Import({ReactiveCartController.class, NonBlockingCarts.class, WorkerConfiguration.class})
class AsyncTest {

    @Autowired
    SessionTracker tracker;

    @Autowired
    AsyncSessionTracker async;

    @Autowired
    ReactiveSessionTracker reactive;

    @Autowired
    ReactiveCartController controller;

    @Autowired
    NonBlockingCarts carts;

    @Test
    void shouldAnswerFromTheReactiveHandler() {
        assertThat(controller.add("ann", "tea").block()).containsExactly("tea");
        assertThat(carts.add("ann", "cups").join()).containsExactly("tea", "cups");
    }

    @Test
    void shouldReleaseLockInEveryCase() {
        assertThatExceptionOfType(SessionErrorException.class)
                .isThrownBy(() -> carts.clear("ann").block())
                .extracting(SessionErrorException::error)
                .isInstanceOf(SessionError.NotFound.class);

        assertThat(tracker.start(cart())).isSuccess();
        carts.clear("ann").block();
        assertThat(tracker.get(CartSession.class, "ann").orElseThrow().articles).isEmpty();
        try (var lock = tracker.lock(CartSession.class, "ann").orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
        }
    }

    @Test
    void shouldWithdrawCancelledRequest() {
        assertThat(tracker.start(cart())).isSuccess();
        try (var held = tracker.lock(CartSession.class, "ann").orElseThrow()) {
            assertThat(held.isAcquired()).isTrue();
            var waiting = carts.clear("ann").subscribe();
            waiting.dispose();
        }
        // A lock that was granted anyway is released by another thread.
        LockOptions options = LockOptions.waitFor(Duration.ofSeconds(10));
        assertThat(tracker.lock(CartSession.class, "ann", options)).isSuccess();
        assertThat(tracker.get(CartSession.class, "ann")).session().hasVersion(1);
    }

    @Test
    void shouldRunCallbacksOnConfiguredWorkers() {
        AtomicReference<String> thread = new AtomicReference<>();
        assertThat(tracker.start(cart())).isSuccess();

        assertThat(reactive.modify(
                                CartSession.class,
                                "ann",
                                it -> thread.set(Thread.currentThread().getName()))
                        .block())
                .isSuccess();
        assertThat(thread.get()).startsWith("sessions-");
        assertThat(async.peek(CartSession.class, "ann")
                        .thenApply(it -> Thread.currentThread().getName())
                        .join())
                .matches("sessions-.*|main");
    }

    @Test
    void shouldKeepSpringBootsExecutor() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(WorkerConfiguration.class)
                .run(context -> assertThat(context).hasBean("applicationTaskExecutor"));
    }

    private static CartSession cart() {
        CartSession cart = new CartSession("ann");
        cart.articles.add("tea");
        return cart;
    }
}
