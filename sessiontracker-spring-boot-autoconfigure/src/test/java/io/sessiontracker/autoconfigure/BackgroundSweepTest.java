package io.sessiontracker.autoconfigure;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When sessions are swept, and by which instance. */
class BackgroundSweepTest {

    private static final String[] OFTEN = {
        "session-tracker.defaults.expired-retention=1h", "session-tracker.sweep.interval=20ms"
    };

    /** Inherited by threads, so it identifies the threads of one application. */
    private final ClassLoader marker = new URLClassLoader(new URL[0], getClass().getClassLoader());

    private final ApplicationContextRunner memory =
            Applications.memory().withClassLoader(marker).withPropertyValues(OFTEN);

    @Test
    void shouldDeliverInTheBackground() {
        memory.withBean(ExpiredKeys.class).run(context -> {
            expire(context, "order-7");
            await().untilAsserted(() ->
                    assertThat(context.getBean(ExpiredKeys.class).keys).containsExactly("order-7"));
            assertThat(sweepers()).hasSize(1);
        });
        awaitNoSweeper();
    }

    @Test
    void shouldStartNoThreadIfDisabled() {
        memory.withBean(ExpiredKeys.class)
                .withPropertyValues("session-tracker.sweep.enabled=false")
                .run(context -> {
                    assertThat(sweepers()).isEmpty();
                    expire(context, "order-7");
                    assertThat(context.getBean(SessionTracker.class).expireSessions())
                            .isOne();
                });
    }

    @Test
    void shouldNotStartBeforeSingletonsExist() {
        memory.withBean(ExpiredKeys.class)
                .withBean(
                        "last",
                        Integer.class,
                        () -> sweepers().size(),
                        definition -> definition.setDependsOn("sessionTracker"))
                .run(context -> {
                    assertThat(context).getBean("last").isEqualTo(0);
                    assertThat(sweepers()).hasSize(1);
                });
    }

    @Test
    void shouldPauseWhileContextIsStopped() {
        memory.withBean(ExpiredKeys.class).run(context -> {
            ConfigurableApplicationContext source = context.getSourceApplicationContext();
            source.stop();
            awaitNoSweeper();
            expire(context, "order-7");
            assertThat(context.getBean(SessionTracker.class).expireSessions()).isZero();
            source.start();
            await().untilAsserted(() ->
                    assertThat(context.getBean(ExpiredKeys.class).keys).containsExactly("order-7"));
        });
    }

    @Test
    void shouldWaitForListenerBeforeClosing() {
        Slow slow = new Slow();
        memory.withBean(Slow.class, () -> slow).run(context -> {
            expire(context, "order-7");
            assertThat(slow.entered.await(30, SECONDS)).isTrue();
            Thread closing = new Thread(context.getSourceApplicationContext()::close);
            closing.start();
            await().until(() -> slow.destroyed || closing.getState() == Thread.State.TIMED_WAITING);
            slow.release.countDown();
            closing.join();
            assertThat(slow.left.await(30, SECONDS)).isTrue();
            assertThat(slow.destroyed).isTrue();
            assertThat(slow.destroyedTooEarly).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldDeliverEachExpiredSessionToOneInstance(boolean lazy) {
        ApplicationContextRunner instance = redis(RedisTopology.STANDALONE.servers())
                .withPropertyValues("spring.main.lazy-initialization=" + lazy)
                .withBean(ExpiredKeys.class);
        instance.run(one -> instance.run(another -> {
            String[] keys = IntStream.range(0, 40).mapToObj(i -> "order-" + i).toArray(String[]::new);
            expire(one, keys);
            List<String> ofOne = one.getBean(ExpiredKeys.class).keys;
            List<String> ofAnother = another.getBean(ExpiredKeys.class).keys;
            await().untilAsserted(() -> assertThat(Stream.concat(ofOne.stream(), ofAnother.stream()))
                    .containsExactlyInAnyOrder(keys));
        }));
    }

    @Test
    void shouldDeliverToInstanceThatOnlyListens() {
        ApplicationContextRunner instance = redis(RedisTopology.STANDALONE.servers());
        instance.run(withoutListener -> instance.withBean(ExpiredKeys.class).run(listening -> {
            expire(withoutListener, "order-7");
            await().untilAsserted(() ->
                    assertThat(listening.getBean(ExpiredKeys.class).keys).containsExactly("order-7"));
        }));
    }

    private static ApplicationContextRunner redis(RedisServers servers) {
        return Applications.bare()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(servers.properties().entrySet().stream()
                        .map(property -> property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new))
                .withPropertyValues("session-tracker.namespace=" + RedisTopology.newNamespace())
                .withPropertyValues(OFTEN);
    }

    private static void expire(AssertableApplicationContext context, String... keys) {
        SessionTracker tracker = context.getBean(SessionTracker.class);
        for (String key : keys) {
            Session session = new CheckoutSession(key);
            tracker.start(session, SessionEntryOptions.absoluteAt(Instant.now().minusSeconds(60)))
                    .orElseThrow();
        }
    }

    /** A thread lives a moment longer than the pool that it was the last one of. */
    private void awaitNoSweeper() {
        await().untilAsserted(() -> assertThat(sweepers()).isEmpty());
    }

    private List<Thread> sweepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sessiontracker-sweep"))
                .filter(thread -> thread.getContextClassLoader() == marker)
                .toList();
    }

    static class ExpiredKeys {

        final List<String> keys = new CopyOnWriteArrayList<>();

        @EventListener
        void on(SessionExpired<CheckoutSession> expired) {
            keys.add(expired.key());
        }
    }

    static class Slow implements DisposableBean {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final CountDownLatch left = new CountDownLatch(1);
        volatile boolean destroyed;
        volatile boolean destroyedTooEarly;

        @EventListener
        void on(SessionExpired<CheckoutSession> expired) throws InterruptedException {
            entered.countDown();
            release.await();
            destroyedTooEarly = destroyed;
            left.countDown();
        }

        @Override
        public void destroy() {
            destroyed = true;
        }
    }
}
