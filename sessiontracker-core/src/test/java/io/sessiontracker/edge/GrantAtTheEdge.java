package io.sessiontracker.edge;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.reactive.ReactiveLockedSession;
import io.sessiontracker.reactive.ReactiveSessionLock;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A caller that goes away as a lock is granted leaves none behind, by any API, from any provider. */
public abstract class GrantAtTheEdge {

    private static final int TRIES = Integer.getInteger("sessiontracker.test.edge.tries", 40);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Locks that are left stay for the test to see. */
    private static final LockOptions WAITING = LockOptions.waitFor(HOUR).withLease(HOUR);

    private SessionLockProvider provider;
    private ClosableSessionTracker tracker;
    private ReactiveSessionTracker reactive;
    private @Nullable Aim aim;

    /** What is asked for. */
    enum Form {
        LOCK,
        GET_LOCKED
    }

    /** A store, always the same. */
    protected abstract SessionDataProvider data();

    /** A lock provider over the same service each time. */
    protected abstract SessionLockProvider newProvider();

    /** Ends what {@link #newProvider} gave. */
    protected abstract void close(SessionLockProvider provider);

    /** What of those keys is locked. */
    protected abstract Collection<String> locked(SessionLockProvider provider, List<String> keys);

    /** No thread, subscription or waiter is left of a provider; called after it was closed. */
    protected abstract void assertNothingLeft();

    static Stream<Arguments> cases() {
        return Stream.of(Form.values()).flatMap(form -> Stream.of(Arguments.of(form, false), Arguments.of(form, true)));
    }

    @BeforeEach
    void begin() {
        provider = newProvider();
        tracker = tracker(provider);
        reactive = ReactiveSessionTracker.over(tracker.async());
    }

    @AfterEach
    void end() {
        if (aim != null) {
            aim.close();
        }
        tracker.close();
        close(provider);
        assertNothingLeft();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldLeaveNoLockOfAnInterruptedCaller(Form form, boolean held) {
        Thread caller = Thread.currentThread();
        tries(form, held, (aimed, key, before) -> {
            try (Aim.Shot shot = aimed.fire(before, caller::interrupt)) {
                ask(form, key).close();
            } catch (SessionTrackerException interrupted) {
                assertThat(interrupted).hasCauseInstanceOf(InterruptedException.class);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldLeaveNoLockOfACancelledFuture(Form form, boolean held) {
        tries(form, held, (aimed, key, before) -> {
            CompletableFuture<? extends SessionResult<?>> future = askAsync(tracker, form, key);
            try (Aim.Shot shot = aimed.fire(before, () -> future.cancel(true))) {
                releaseIfGranted(future);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldLeaveNoLockOfAFutureThatTimedOut(Form form, boolean held) {
        tries(form, held, (aimed, key, before) -> {
            CompletableFuture<? extends SessionResult<?>> future = askAsync(tracker, form, key);
            try (Aim.Shot shot =
                    aimed.fire(before, () -> future.completeExceptionally(new TimeoutException("as orTimeout does")))) {
                releaseIfGranted(future);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldLeaveNoLockOfACancelledSubscription(Form form, boolean held) {
        tries(form, held, (aimed, key, before) -> {
            Disposable subscription = use(form, key).subscribe();
            aimed.fire(before, subscription::dispose).close();
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldLeaveNoLockOfASubscriptionThatTimedOut(Form form, boolean held) {
        tries(form, held, (aimed, key, before) -> {
            CompletableFuture<Void> over =
                    use(form, key).timeout(aimed.random()).toFuture();
            run(before);
            assertTimedOut(over);
        });
    }

    private static void run(@Nullable Runnable before) {
        if (before != null) {
            before.run();
        }
    }

    private static void assertTimedOut(CompletableFuture<?> over) {
        assertThatThrownBy(over::join).hasCauseInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldLeaveNoLockOrWaiterWhenItsProviderIsClosed(Form form, boolean held) {
        tries(form, held, (aimed, key, before) -> {
            SessionLockProvider closing = newProvider();
            try (ClosableSessionTracker ofClosing = tracker(closing)) {
                // The first call of a provider connects, which takes longer.
                releaseIfGranted(askAsync(ofClosing, form, freeKey()));
                List<CompletableFuture<? extends SessionResult<?>>> asked =
                        List.of(askAsync(ofClosing, form, key), askAsync(ofClosing, form, key));
                aimed.fire(before, () -> close(closing)).close();
                asked.forEach(this::releaseIfGranted);
            }
        });
    }

    /** One try for that key; before is null if the lock is free, else what frees it. */
    private interface Try {
        void run(Aim aim, String key, @Nullable Runnable before);
    }

    private void tries(Form form, boolean held, Try attempt) {
        tracker.start(new Seat(freeKey())).orElseThrow();
        Aim aimed = Aim.at(() -> ask(form, freeKey()).close());
        aim = aimed;
        List<String> keys =
                Stream.iterate(0, i -> i + 1).limit(TRIES).map(i -> "seat-" + i).toList();
        for (String key : keys) {
            tracker.start(new Seat(key)).orElseThrow();
            attempt.run(aimed, key, held ? hold(key) : null);
        }
        await().untilAsserted(() -> assertThat(locked(provider, keys)).isEmpty());
    }

    private static String freeKey() {
        return "free";
    }

    /** Takes the lock, and gives what releases it without waiting for that. */
    private Runnable hold(String key) {
        AsyncSessionLock lock =
                tracker.async().lock(Seat.class, key, WAITING).join().orElseThrow();
        return lock::release;
    }

    private AutoCloseableLock ask(Form form, String key) {
        return form == Form.LOCK
                ? tracker.lock(Seat.class, key, WAITING).orElseThrow()::close
                : tracker.getLocked(Seat.class, key, WAITING).orElseThrow()::close;
    }

    private interface AutoCloseableLock extends AutoCloseable {
        @Override
        void close();
    }

    private static CompletableFuture<? extends SessionResult<?>> askAsync(
            ClosableSessionTracker tracker, Form form, String key) {
        return form == Form.LOCK
                ? tracker.async().lock(Seat.class, key, WAITING)
                : tracker.async().getLocked(Seat.class, key, WAITING);
    }

    /** As the documentation says; what is done under the lock never ends. */
    private Mono<Void> use(Form form, String key) {
        return form == Form.LOCK
                ? Mono.usingWhen(
                        reactive.lock(Seat.class, key, WAITING).map(SessionResult::orElseThrow),
                        lock -> Mono.<Void>never(),
                        ReactiveSessionLock::release)
                : Mono.usingWhen(
                        reactive.getLocked(Seat.class, key, WAITING).map(SessionResult::orElseThrow),
                        lock -> Mono.<Void>never(),
                        ReactiveLockedSession::release);
    }

    private void releaseIfGranted(CompletableFuture<? extends SessionResult<?>> future) {
        try {
            future.orTimeout(1, TimeUnit.MINUTES).join().ifSuccess(granted -> {
                if (granted instanceof AsyncSessionLock lock) {
                    lock.release();
                } else {
                    ((AsyncLockedSession<?>) granted).release();
                }
            });
        } catch (CancellationException gone) {
            // The lock stays with its holder.
        } catch (CompletionException failed) {
            assertThat(failed.getCause()).hasMessageMatching("as orTimeout does|.*closed.*");
        }
    }

    private ClosableSessionTracker tracker(SessionLockProvider locks) {
        return new SessionTrackerBuilder(data(), locks, new JacksonSessionCodec()).buildIdle();
    }

    static class Seat extends Session {
        Seat(String key) {
            super(key);
        }
    }
}
