package io.sessiontracker.spring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.WithSessionException;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.WithSessionAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Methods that return before their work is done: their sessions are stored, and their locks released, when it is. */
class NonBlockingWithSessionTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static ConfigurableApplicationContext context;

    private final SessionTracker tracker = context.getBean(SessionTracker.class);
    private final Orders orders = context.getBean(Orders.class);

    @BeforeAll
    static void start() {
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--session-tracker.store=memory",
                        "--session-tracker.namespace=shop",
                        "--session-tracker.types.waiting-session.lock.wait=1m");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void startASession() {
        var unused = tracker.delete(OrderSession.class, "order-7");
        tracker.start(new OrderSession("order-7")).orElseThrow();
    }

    /** The ways of a method to return what is done later. */
    enum Form {
        STAGE,
        MONO,
        FLUX;

        Mono<String> change(Orders orders, Function<OrderSession, Mono<String>> work) {
            return switch (this) {
                case STAGE -> Mono.fromFuture(() -> orders.stage("order-7", null, work));
                case MONO -> orders.mono("order-7", null, work);
                case FLUX -> orders.flux("order-7", null, work).singleOrEmpty();
            };
        }

        Mono<String> changeLocked(Orders orders, Function<OrderSession, Mono<String>> work) {
            return switch (this) {
                case STAGE ->
                    Mono.fromCompletionStage(
                            () -> orders.lockedStage("order-7", null, work).toCompletableFuture());
                case MONO -> orders.lockedMono("order-7", null, work);
                case FLUX -> orders.lockedFlux("order-7", null, work).singleOrEmpty();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldStoreWhenWorkIsDone(Form form) {
        Sinks.One<String> end = Sinks.one();
        CompletableFuture<String> result = form.change(
                        orders, order -> end.asMono().doOnNext(note -> order.note = note))
                .toFuture();
        assertThat(stored()).isEmpty();

        assertThat(end.tryEmitValue("shipped").isSuccess()).isTrue();

        assertThat(result.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("shipped");
        assertThat(stored()).isEqualTo("shipped");
    }

    @ParameterizedTest
    @EnumSource
    void shouldHoldLockUntilWorkIsDone(Form form) {
        Sinks.One<String> end = Sinks.one();
        Sinks.Empty<Void> begun = Sinks.empty();
        CompletableFuture<String> result = form.changeLocked(orders, order -> {
                    begun.tryEmitEmpty();
                    return end.asMono().doOnNext(note -> order.note = note);
                })
                .toFuture();
        begun.asMono().block(LONG);
        assertLocked();

        assertThat(end.tryEmitValue("shipped").isSuccess()).isTrue();

        assertThat(Mono.fromFuture(result).block(LONG)).isEqualTo("shipped");
        assertThat(stored()).isEqualTo("shipped");
        assertFree();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReleaseLockAndStoreNothingIfWorkFails(Form form) {
        IllegalArgumentException failure = new IllegalArgumentException("no such address");
        assertThatThrownBy(() -> form.changeLocked(orders, order -> {
                            order.note = "lost";
                            return Mono.error(failure);
                        })
                        .block(LONG))
                .isSameAs(failure);

        assertThat(stored()).isEmpty();
        assertFree();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReleaseLockIfMethodThrows(Form form) {
        IllegalArgumentException failure = new IllegalArgumentException("no such address");
        assertThatThrownBy(() -> form.changeLocked(orders, order -> {
                            throw failure;
                        })
                        .block(LONG))
                .isSameAs(failure);

        assertThat(stored()).isEmpty();
        assertFree();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReleaseLockAndStoreNothingIfCancelled(Form form) {
        Sinks.Empty<Void> begun = Sinks.empty();
        Sinks.Empty<Void> cancelled = Sinks.empty();
        Disposable call = form.changeLocked(orders, order -> {
                    order.note = "lost";
                    begun.tryEmitEmpty();
                    return Mono.<String>never().doOnCancel(cancelled::tryEmitEmpty);
                })
                .subscribe();
        begun.asMono().block(LONG);

        call.dispose();

        cancelled.asMono().block(LONG);
        tracker.lock(OrderSession.class, "order-7", LockOptions.waitFor(LONG))
                .orElseThrow()
                .close();
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldReportConflictAndReleaseLock(Form form) {
        assertThatExceptionOfType(WithSessionException.class)
                .isThrownBy(() -> form.changeLocked(orders, order -> Mono.fromRunnable(this::overtake))
                        .block(LONG))
                .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.VersionConflict.class));

        assertThat(stored()).isEqualTo("overtaken");
        assertFree();
    }

    @ParameterizedTest
    @EnumSource
    void shouldJoinLockAndSessionOfOuterMethod(Form form) {
        form.changeLocked(orders, outer -> {
                    outer.note = "outer";
                    return form.changeLocked(orders, inner -> {
                        assertThat(inner).isSameAs(outer);
                        inner.note += ", inner";
                        return Mono.just("done");
                    });
                })
                .block(LONG);

        assertThat(stored()).isEqualTo("outer, inner");
        assertFree();
    }

    @ParameterizedTest
    @EnumSource(names = {"MONO", "FLUX"})
    void shouldJoinOnAnotherThreadByReactorContext(Form form) {
        form.changeLocked(
                        orders,
                        outer -> Mono.delay(Duration.ZERO)
                                .publishOn(Schedulers.boundedElastic())
                                .flatMap(ignored -> form.changeLocked(orders, inner -> {
                                    assertThat(inner).isSameAs(outer);
                                    inner.note = "inner";
                                    return Mono.just("done");
                                })))
                .block(LONG);

        assertThat(stored()).isEqualTo("inner");
        assertFree();
    }

    @ParameterizedTest
    @EnumSource
    void shouldJoinBlockingOuterMethod(Form form) {
        orders.blocking("order-7", null, outer -> {
            outer.note = "outer";
            form.changeLocked(orders, inner -> {
                        assertThat(inner).isSameAs(outer);
                        return Mono.just("done");
                    })
                    .block(LONG);
            assertLocked();
        });

        assertThat(stored()).isEqualTo("outer");
        assertFree();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotJoinAfterOuterMethod(Form form) {
        form.changeLocked(orders, outer -> Mono.just("done")).block(LONG);
        try (var lock = tracker.lock(OrderSession.class, "order-7").orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            assertThatExceptionOfType(WithSessionException.class)
                    .isThrownBy(() -> form.changeLocked(orders, order -> Mono.just("done"))
                            .block(LONG))
                    .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.LockNotAcquired.class));
        }
    }

    @Test
    void shouldNotBlockCallerWhileLockIsHeld() {
        tracker.start(new WaitingSession("ann")).orElseThrow();
        CompletableFuture<String> waiting;
        try (var lock = tracker.lock(WaitingSession.class, "ann").orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            waiting = orders.waitForLock("ann", null);
            assertThat(waiting).isNotDone();
        }
        assertThat(Mono.fromFuture(waiting).block(LONG)).isEqualTo("ann");
        tracker.delete(WaitingSession.class, "ann").orElseThrow();
    }

    @Test
    void shouldWithdrawLockRequestIfCancelled() {
        tracker.start(new WaitingSession("ann")).orElseThrow();
        CompletableFuture<String> waiting;
        try (var lock = tracker.lock(WaitingSession.class, "ann").orElseThrow()) {
            assertThat(lock.isAcquired()).isTrue();
            waiting = orders.waitForLock("ann", null);
            assertThat(waiting.cancel(true)).isTrue();
        }
        tracker.lock(WaitingSession.class, "ann", LockOptions.waitFor(LONG))
                .orElseThrow()
                .close();
        tracker.delete(WaitingSession.class, "ann").orElseThrow();
    }

    @Test
    void shouldCallMethodForEachSubscription() {
        AtomicInteger calls = new AtomicInteger();
        Mono<String> change = orders.mono("order-7", null, order -> {
            order.note += calls.incrementAndGet();
            return Mono.just(order.note);
        });
        assertThat(calls).hasValue(0);

        assertThat(change.block(LONG)).isEqualTo("1");
        assertThat(change.block(LONG)).isEqualTo("12");
        assertThat(stored()).isEqualTo("12");
    }

    @Test
    void shouldStoreSessionOfMethodWithoutResult() {
        assertThat(orders.mono("order-7", null, order -> Mono.fromRunnable(() -> order.note = "shipped"))
                        .block(LONG))
                .isNull();

        assertThat(stored()).isEqualTo("shipped");
    }

    @Test
    void shouldNotStoreIfOnlySomeElementsAreTaken() {
        assertThat(orders.articles("order-7", null).take(1).collectList().block(LONG))
                .containsExactly("tea");

        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldPassElementsOnBeforeStoring() {
        List<String> seen = orders.articles("order-7", null)
                .map(article -> article + stored())
                .collectList()
                .block(LONG);

        assertThat(seen).containsExactly("tea", "cups");
        assertThat(stored()).isEqualTo("sent");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSignalMissingSession(Form form) {
        tracker.delete(OrderSession.class, "order-7").orElseThrow();

        assertThatExceptionOfType(WithSessionException.class)
                .isThrownBy(
                        () -> form.change(orders, order -> Mono.just("called")).block(LONG))
                .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.NotFound.class));
    }

    @Test
    void shouldSignalMisuse() {
        Mono<String> withSession = orders.mono("order-7", new OrderSession("mine"), order -> Mono.just("called"));
        assertThatThrownBy(() -> withSession.block(LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("receives its session from @WithSession");

        CompletableFuture<String> withoutKey = orders.stage(null, null, order -> Mono.just("called"));
        assertThatThrownBy(() -> Mono.fromFuture(withoutKey).block(LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the session's key \"#orderId\" is null");
    }

    @Test
    void shouldExplainNullInPlaceOfPublisher() {
        assertThatThrownBy(() -> orders.mono("order-7", null, order -> null).block(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mono(String, OrderSession, Function) returned null");
        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldRepeatWithCurrentSession() {
        AtomicInteger attempts = new AtomicInteger();
        String seen = orders.repeated("order-7", null, order -> {
                    String found = order.note;
                    order.note = "attempt " + attempts.incrementAndGet();
                    if (attempts.get() < 3) {
                        overtake();
                    }
                    return Mono.just(found);
                })
                .block(LONG);

        assertThat(seen).isEqualTo("overtaken");
        assertThat(stored()).isEqualTo("attempt 3");
    }

    @Test
    void shouldStopAfterAllowedAttempts() {
        AtomicInteger attempts = new AtomicInteger();
        assertThatExceptionOfType(WithSessionException.class)
                .isThrownBy(() -> orders.repeated("order-7", null, order -> {
                            attempts.incrementAndGet();
                            return Mono.fromRunnable(this::overtake);
                        })
                        .block(LONG))
                .satisfies(failed -> assertThat(failed.error()).isInstanceOf(SessionError.VersionConflict.class));
        assertThat(attempts).hasValue(3);
    }

    @Test
    void shouldNotRepeatForConflictOfWorkItself() {
        AtomicInteger attempts = new AtomicInteger();
        WithSessionException nested = new WithSessionException(
                "another method", new SessionError.VersionConflict("order-session", "order-8", 1, 2));
        assertThatThrownBy(() -> orders.repeated("order-7", null, order -> {
                            attempts.incrementAndGet();
                            return Mono.error(nested);
                        })
                        .block(LONG))
                .isSameAs(nested);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void shouldGetSessionThatIsStartedMeanwhile() {
        AtomicReference<String> started = new AtomicReference<>();
        RacedSession.whenCreated = () -> {
            RacedSession.whenCreated = () -> {};
            started.set(tracker.start(new RacedSession("raced")).orElseThrow().getId());
        };

        assertThat(orders.raced("raced", null).block(LONG)).isEqualTo(started.get());

        tracker.delete(RacedSession.class, "raced").orElseThrow();
    }

    @Test
    void shouldStartSessionUnderLock() {
        tracker.delete(OrderSession.class, "order-7").orElseThrow();

        orders.startedLocked(
                        "order-7",
                        null,
                        order -> Mono.fromRunnable(() -> {
                            assertLocked();
                            order.note = "new";
                        }))
                .block(LONG);
        assertThat(stored()).isEqualTo("new");

        orders.startedLocked("order-7", null, order -> Mono.fromRunnable(() -> order.note += "er"))
                .block(LONG);
        assertThat(stored()).isEqualTo("newer");
        assertFree();
    }

    @Test
    void shouldReleaseLockIfSessionCannotBeStarted() {
        assertThatThrownBy(() -> orders.refused("refused", null).block(LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no session of this key");

        tracker.lock(RefusedSession.class, "refused").orElseThrow().close();
    }

    private String stored() {
        return tracker.peek(OrderSession.class, "order-7").orElseThrow().note;
    }

    private void overtake() {
        tracker.modify(OrderSession.class, "order-7", order -> order.note = "overtaken")
                .orElseThrow();
    }

    private void assertLocked() {
        assertThat(tracker.lock(OrderSession.class, "order-7").isFailure()).isTrue();
    }

    private void assertFree() {
        tracker.lock(OrderSession.class, "order-7").orElseThrow().close();
    }

    static final class OrderSession extends Session {
        public String note = "";

        OrderSession(String key) {
            super(key);
        }
    }

    static final class WaitingSession extends Session {
        WaitingSession(String key) {
            super(key);
        }
    }

    static final class RacedSession extends Session {
        static volatile Runnable whenCreated = () -> {};

        RacedSession(String key) {
            super(key);
            whenCreated.run();
        }
    }

    static final class RefusedSession extends Session {
        RefusedSession(String key) {
            super(key);
            throw new IllegalArgumentException("no session of this key");
        }
    }

    static class Orders {

        @WithSession(key = "#orderId")
        CompletableFuture<String> stage(
                @Nullable String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order).toFuture();
        }

        @WithSession(key = "#orderId", lock = true)
        CompletionStage<String> lockedStage(
                String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order).toFuture();
        }

        @WithSession(key = "#orderId")
        Mono<String> mono(String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order);
        }

        @WithSession(key = "#orderId", lock = true)
        Mono<String> lockedMono(String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order);
        }

        @WithSession(key = "#orderId")
        Flux<String> flux(String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order).flux();
        }

        @WithSession(key = "#orderId", lock = true)
        Flux<String> lockedFlux(String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order).flux();
        }

        @WithSession(key = "#orderId")
        Flux<String> articles(String orderId, OrderSession order) {
            order.note = "sent";
            return Flux.just("tea", "cups");
        }

        @WithSession(key = "#orderId", attempts = 3)
        Mono<String> repeated(String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order);
        }

        @WithSession(key = "#key", start = true, store = false)
        Mono<String> raced(String key, RacedSession session) {
            return Mono.just(session.getId());
        }

        @WithSession(key = "#orderId", start = true, lock = true)
        Mono<String> startedLocked(String orderId, OrderSession order, Function<OrderSession, Mono<String>> work) {
            return work.apply(order);
        }

        @WithSession(key = "#key", start = true, lock = true)
        Mono<String> refused(String key, RefusedSession session) {
            return Mono.just("called");
        }

        @WithSession(key = "#key", lock = true, store = false)
        CompletableFuture<String> waitForLock(String key, WaitingSession session) {
            return CompletableFuture.completedFuture(session.getKey());
        }

        @WithSession(key = "#orderId", lock = true)
        void blocking(String orderId, OrderSession order, Consumer<OrderSession> change) {
            change.accept(order);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SessionTrackerAutoConfiguration.class, WithSessionAutoConfiguration.class})
    static class App {

        @Bean
        Orders orders() {
            return new Orders();
        }
    }
}
