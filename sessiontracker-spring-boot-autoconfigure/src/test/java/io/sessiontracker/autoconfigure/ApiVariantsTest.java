package io.sessiontracker.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** The async and reactive trackers. */
class ApiVariantsTest {

    private final ApplicationContextRunner runner =
            Applications.memory().withPropertyValues("session-tracker.defaults.expired-retention=1h");

    @Test
    void shouldShareSessionsBetweenApis() {
        runner.run(context -> {
            context.getBean(SessionTracker.class)
                    .start(new CheckoutSession("order-7"))
                    .orElseThrow();

            assertThat(context.getBean(AsyncSessionTracker.class)
                            .get(CheckoutSession.class, "order-7")
                            .join()
                            .isSuccess())
                    .isTrue();
            assertThat(context.getBean(ReactiveSessionTracker.class)
                            .get(CheckoutSession.class, "order-7")
                            .block()
                            .isSuccess())
                    .isTrue();
        });
    }

    @Test
    void shouldWorkWithoutReactor() {
        runner.withClassLoader(new FilteredClassLoader(Mono.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(AsyncSessionTracker.class)
                        .doesNotHaveBean("sessionTrackerReactive"));
    }

    @Test
    void shouldRunCallbacksOnWorkerThread() {
        runner.run(context -> assertThat(workerOf(context).getName()).startsWith("sessiontracker-worker-"));
    }

    @Test
    void shouldRunCallbacksOnConfiguredExecutor() {
        runner.withUserConfiguration(OwnWorker.class)
                .run(context -> assertThat(workerOf(context).getName()).isEqualTo("the application's"));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shouldRunCallbacksOnVirtualThreadsIfEnabled() {
        runner.withPropertyValues("spring.threads.virtual.enabled=true")
                .run(context ->
                        assertThat(workerOf(context).getClass().getName()).isEqualTo("java.lang.VirtualThread"));
    }

    private static Thread workerOf(ApplicationContext context) {
        AsyncSessionTracker tracker = context.getBean(AsyncSessionTracker.class);
        tracker.start(new CheckoutSession("order-7")).join().orElseThrow();
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        tracker.modify(CheckoutSession.class, "order-7", checkout -> worker.complete(Thread.currentThread()))
                .join()
                .orElseThrow();
        return worker.join();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnWorker {
        @Bean
        Executor sessionTrackerWorker() {
            return task -> new Thread(task, "the application's").start();
        }
    }
}
