package io.sessiontracker.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.WithSessionAutoConfiguration;
import io.sessiontracker.event.SessionUpdated;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The order of advice around a method, outermost first: executor, session, transaction. */
class AdviceOrderTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("session-tracker.store=memory", "session-tracker.namespace=shop")
            .withConfiguration(
                    AutoConfigurations.of(SessionTrackerAutoConfiguration.class, WithSessionAutoConfiguration.class))
            .withUserConfiguration(App.class);

    @Test
    void shouldStoreAndReleaseAfterTransaction() {
        application.run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            tracker.start(new OrderSession("order-7")).orElseThrow();
            context.getBean(Orders.class).pay("order-7", null);

            assertThat(context.getBean(App.class).steps).containsExactly("begin", "method", "commit, locked", "stored");
        });
    }

    @Test
    void shouldReadSessionInThreadOfAsyncMethod() {
        application.run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            tracker.start(new OrderSession("order-8")).orElseThrow();
            context.getBean(Orders.class).payLater("order-8", null);

            List<String> steps = context.getBean(App.class).steps;
            await().atMost(60, TimeUnit.SECONDS).until(() -> steps.size() == 2);
            assertThat(steps).containsExactly("another thread", "stored");
        });
    }

    static final class OrderSession extends Session {
        OrderSession(String key) {
            super(key);
        }
    }

    static class Orders {

        private final List<String> steps;
        private final Thread caller = Thread.currentThread();

        Orders(List<String> steps) {
            this.steps = steps;
        }

        @Transactional
        @WithSession(key = "#orderId", lock = true)
        public void pay(String orderId, OrderSession order) {
            steps.add("method");
        }

        @Async
        @WithSession(key = "#orderId", lock = true)
        public void payLater(String orderId, OrderSession order) {
            steps.add(Thread.currentThread() == caller ? "same thread" : "another thread");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    @EnableTransactionManagement(proxyTargetClass = true)
    static class App {

        final List<String> steps = new CopyOnWriteArrayList<>();

        @Bean
        Orders orders() {
            return new Orders(steps);
        }

        @EventListener
        void on(SessionUpdated<OrderSession> updated) {
            steps.add("stored");
        }

        @Bean
        AbstractPlatformTransactionManager transactionManager(
                org.springframework.beans.factory.ObjectProvider<SessionTracker> tracker) {
            return new AbstractPlatformTransactionManager() {
                @Override
                protected Object doGetTransaction() {
                    return new Object();
                }

                @Override
                protected void doBegin(Object transaction, TransactionDefinition definition) {
                    steps.add("begin");
                }

                @Override
                protected void doCommit(DefaultTransactionStatus status) {
                    boolean locked = tracker.getObject()
                            .lock(OrderSession.class, "order-7")
                            .isFailure();
                    steps.add(locked ? "commit, locked" : "commit");
                }

                @Override
                protected void doRollback(DefaultTransactionStatus status) {}
            };
        }
    }
}
