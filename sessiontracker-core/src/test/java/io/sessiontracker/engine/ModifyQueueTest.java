package io.sessiontracker.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionType;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** No change holds up the others of its key for ever, whatever the threads do that are to make them. */
class ModifyQueueTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final InMemorySessionDataProvider memory = new InMemorySessionDataProvider();
    private final List<ExecutorService> executors = new ArrayList<>();

    @AfterEach
    void shutDown() {
        executors.forEach(ExecutorService::shutdownNow);
    }

    private SessionTrackerBuilder builder(SessionDataProvider store) {
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .modifyTurnLimit(Duration.ofHours(1));
    }

    private SessionTrackerBuilder impatient() {
        return builder(memory).modifyTurnLimit(Duration.ofMillis(50));
    }

    private ExecutorService threads(int count) {
        ExecutorService executor = Executors.newFixedThreadPool(count);
        executors.add(executor);
        return executor;
    }

    private static ClosableSessionTracker started(ClosableSessionTracker tracker, String... keys) {
        for (String key : keys) {
            tracker.start(new Basket(key)).orElseThrow();
        }
        return tracker;
    }

    /** The first change waits for the second one, which waits for its turn. */
    @Test
    void shouldPassOverAChangeThatBlocks() {
        ClosableSessionTracker tracker = started(impatient().buildIdle(), "b-1");
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Basket> second = new CompletableFuture<>();
        AtomicInteger times = new AtomicInteger();
        var first = CompletableFuture.supplyAsync(
                () -> tracker.modify(Basket.class, "b-1", basket -> {
                    times.incrementAndGet();
                    basket.items.add("first");
                    begun.countDown();
                    second.join();
                }),
                threads(1));
        join(begun);
        second.complete(tracker.modify(Basket.class, "b-1", basket -> basket.items.add("second"))
                .orElseThrow());

        assertThat(second.join().items).containsExactly("second");
        assertThat(first.join().orElseThrow().items).containsExactly("second", "first");
        assertThat(times).hasValue(2);
    }

    /** Each change modifies the other's session, which is being changed. */
    @Test
    void shouldEndWhereTwoChangesWaitForEachOther() {
        ClosableSessionTracker tracker = started(impatient().buildIdle(), "b-1", "b-2");
        CountDownLatch both = new CountDownLatch(2);
        ExecutorService threads = threads(2);
        var one = CompletableFuture.runAsync(() -> cross(tracker, both, "b-1", "b-2"), threads);
        var other = CompletableFuture.runAsync(() -> cross(tracker, both, "b-2", "b-1"), threads);

        assertThat(one).succeedsWithin(SOON);
        assertThat(other).succeedsWithin(SOON);
        assertThat(tracker.peek(Basket.class, "b-1").orElseThrow().items).contains("b-1", "b-2");
    }

    private static void cross(ClosableSessionTracker tracker, CountDownLatch both, String key, String other) {
        tracker.modify(Basket.class, key, basket -> {
                    both.countDown();
                    join(both);
                    basket.items.add(key);
                    tracker.modify(Basket.class, other, it -> it.items.add(key)).orElseThrow();
                })
                .orElseThrow();
    }

    /** Its change is asked for first, and never made, as its worker never comes. */
    @Test
    void shouldNotWaitForAWorkerThatIsNotFree() {
        List<Runnable> tasks = new CopyOnWriteArrayList<>();
        ClosableSessionTracker tracker = started(impatient().worker(tasks::add).buildIdle(), "b-1");
        var stuck = tracker.async().modify(Basket.class, "b-1", basket -> basket.items.add("stuck"));

        assertThat(tracker.modify(Basket.class, "b-1", basket -> basket.items.add("second"))
                        .orElseThrow()
                        .items)
                .containsExactly("second");
        // A turn that was passed over meanwhile is offered again, by another thread.
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            tasks.stream().findFirst().ifPresent(task -> {
                tasks.remove(task);
                task.run();
            });
            return stuck.isDone();
        });
        assertThat(stuck.join().orElseThrow().items).containsExactly("second", "stuck");
    }

    @Test
    void shouldGoOnWhereNoWorkerTakesATask() {
        ClosableSessionTracker tracker = started(
                builder(memory)
                        .worker(task -> {
                            throw new RejectedExecutionException("full");
                        })
                        .buildIdle(),
                "b-1");

        assertThatThrownBy(() -> tracker.async()
                        .modify(Basket.class, "b-1", basket -> basket.items.add("refused"))
                        .join())
                .hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(tracker.modify(Basket.class, "b-1", basket -> basket.items.add("1"))
                        .orElseThrow()
                        .items)
                .containsExactly("1");
    }

    /** One worker, in which the listener modifies the session that it hears of. */
    @Test
    void shouldLetAListenerModifyTheSameSession() {
        AtomicReference<@Nullable ClosableSessionTracker> own = new AtomicReference<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                if (event instanceof SessionUpdated<?> updated
                        && updated.session() instanceof Basket basket
                        && basket.items.size() < 3) {
                    own.get()
                            .modify(Basket.class, "b-1", it -> it.items.add("by the listener"))
                            .orElseThrow();
                }
            }
        };
        ClosableSessionTracker tracker =
                started(builder(memory).worker(threads(1)).listener(listener).buildIdle(), "b-1");
        own.set(tracker);

        assertThat(tracker.async().modify(Basket.class, "b-1", basket -> basket.items.add("first")))
                .succeedsWithin(SOON);
        assertThat(tracker.peek(Basket.class, "b-1").orElseThrow().items)
                .containsExactly("first", "by the listener", "by the listener");
    }

    /** The read was sent before the session was started; only callers that waited for it by then may get NotFound. */
    @Test
    void shouldNotReportNotFoundToALaterCaller() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Void> reading = new CompletableFuture<>();
        ClosableSessionTracker tracker =
                builder(slowToRead(reading, gate)).worker(threads(2)).buildIdle();
        var early = tracker.async().modify(Basket.class, "b-1", basket -> basket.items.add("early"));
        reading.join();
        started(tracker, "b-1");
        var late = tracker.async().modify(Basket.class, "b-1", basket -> basket.items.add("late"));
        gate.complete(null);

        assertThat(early.join().failure()).contains(new SessionError.NotFound("basket", "b-1"));
        assertThat(late.join().orElseThrow().items).containsExactly("late");
    }

    /** Whose thread reads for all. */
    @Test
    void shouldGoOnWhereTheReaderIsInterrupted() throws InterruptedException {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Void> reading = new CompletableFuture<>();
        ClosableSessionTracker tracker =
                started(builder(slowToRead(reading, gate)).worker(threads(2)).buildIdle(), "b-1");
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                tracker.modify(Basket.class, "b-1", basket -> basket.items.add("interrupted"))
                        .orElseThrow();
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        reader.start();
        reading.join();
        var other = tracker.async().modify(Basket.class, "b-1", basket -> basket.items.add("other"));
        reader.interrupt();
        reader.join();
        gate.complete(null);

        assertThat(thrown.get()).hasMessageContaining("nothing was changed");
        assertThat(other.join().orElseThrow().items).containsExactly("other");
    }

    /** Every second one by a thread that waits. */
    @Test
    void shouldKeepNothingOfAnIdleKey() {
        ClosableSessionTracker tracker = builder(memory).buildIdle();
        ExecutorService threads = threads(4);
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String key = "b-" + i % 40;
            if (i < 40) {
                started(tracker, key);
            }
            var call = i % 2 == 0
                    ? tracker.async().modify(Basket.class, key, basket -> basket.items.add("1"))
                    : CompletableFuture.supplyAsync(
                            () -> tracker.modify(Basket.class, key, basket -> basket.items.add("1")), threads);
            if (i % 7 == 0) {
                call.cancel(true);
            }
            calls.add(call.exceptionally(cancelled -> SessionResult.failure(new SessionError.NotFound("", ""))));
        }
        calls.forEach(CompletableFuture::join);

        await().until(() -> modifiedKeys(tracker) == 0);
    }

    private static int modifiedKeys(ClosableSessionTracker tracker) {
        return ((BlockingSessionTracker) tracker).modifiedKeys();
    }

    @Test
    void shouldRunEachChangeInItsCallersContext() {
        ThreadLocal<@Nullable String> user = new ThreadLocal<>();
        ClosableSessionTracker tracker = started(
                builder(memory)
                        .worker(threads(2))
                        .context(task -> {
                            String captured = user.get();
                            return () -> {
                                user.set(captured);
                                try {
                                    task.run();
                                } finally {
                                    user.remove();
                                }
                            };
                        })
                        .buildIdle(),
                "b-1");
        CountDownLatch open = new CountDownLatch(1);
        List<CompletableFuture<SessionResult<Basket>>> calls = new ArrayList<>();
        for (String name : List.of("alice", "bob", "carol")) {
            user.set(name);
            calls.add(tracker.async().modify(Basket.class, "b-1", basket -> {
                join(open);
                basket.items.add(String.valueOf(user.get()));
            }));
        }
        user.remove();
        open.countDown();

        assertThat(calls.get(2).join().orElseThrow().items).containsExactly("alice", "bob", "carol");
    }

    @Test
    void shouldInstrumentEachCallAndEachRefusedWriteOnce() {
        List<String> ended = new CopyOnWriteArrayList<>();
        AtomicInteger conflicts = new AtomicInteger();
        SessionInstrumentation counting = new SessionInstrumentation() {
            @Override
            public Operation begin(String operation, String type, @Nullable String key) {
                return new Operation() {
                    @Override
                    public void sent() {}

                    @Override
                    public void ended(@Nullable SessionError error, @Nullable Throwable failure) {
                        ended.add(operation);
                    }
                };
            }

            @Override
            public void conflict(String type) {
                conflicts.incrementAndGet();
            }
        };
        ClosableSessionTracker tracker = started(
                builder(memory).worker(threads(2)).instrumentation(counting).buildIdle(), "b-1");
        ClosableSessionTracker other = builder(memory).buildIdle();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        var first = tracker.async().modify(Basket.class, "b-1", basket -> {
            begun.countDown();
            join(open);
        });
        join(begun);
        var second = tracker.async().modify(Basket.class, "b-1", basket -> {});
        other.modify(Basket.class, "b-1", basket -> {}).orElseThrow();
        open.countDown();
        first.join().orElseThrow();
        second.join().orElseThrow();

        await().untilAsserted(() -> assertThat(ended).containsExactly("start", "modify", "modify"));
        assertThat(conflicts).hasValue(1);
    }

    @Test
    void shouldReadChangeAndWriteOnALoneCallersThread() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        ClosableSessionTracker tracker = started(builder(recording(threads)).buildIdle(), "b-1");

        tracker.modify(Basket.class, "b-1", basket -> threads.add(Thread.currentThread()))
                .orElseThrow();

        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
    }

    @Test
    void shouldReadOnALoneAsyncCallersThread() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        ClosableSessionTracker tracker =
                started(builder(recording(threads)).worker(threads(1)).buildIdle(), "b-1");

        tracker.async()
                .modify(Basket.class, "b-1", basket -> threads.add(Thread.currentThread()))
                .join()
                .orElseThrow();

        assertThat(threads).hasSize(3);
        assertThat(threads.get(0)).isSameAs(Thread.currentThread());
        assertThat(threads.get(1)).isNotSameAs(Thread.currentThread()).isSameAs(threads.get(2));
    }

    /** A store that blocks must not be read by the thread of a timer. */
    @Test
    void shouldReadABlockingStoreOnItsCallersThreadAfterABackOff() {
        ClosableSessionTracker other = started(builder(memory).buildIdle(), "b-1");
        List<Thread> threads = new CopyOnWriteArrayList<>();
        ClosableSessionTracker tracker = builder(refusing(threads, other)).buildIdle();

        tracker.modify(Basket.class, "b-1", basket -> basket.items.add("1")).orElseThrow();

        assertThat(threads).hasSizeGreaterThan(4).containsOnly(Thread.currentThread());
    }

    /** A store that blocks, records which threads read and update, and has another writer before each of the first updates. */
    private SessionDataProvider refusing(List<Thread> threads, ClosableSessionTracker other) {
        AtomicInteger updates = new AtomicInteger();
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("description")) {
                return memory.description().withBlocking();
            }
            if (method.getName().startsWith("get") || method.getName().equals("update")) {
                threads.add(Thread.currentThread());
            }
            if (method.getName().equals("update") && updates.incrementAndGet() <= 4) {
                other.modify(Basket.class, "b-1", basket -> basket.items.add("other"))
                        .orElseThrow();
            }
            return method.invoke(memory, arguments);
        };
        return store(handler);
    }

    /** A store that records which threads read and update. */
    private SessionDataProvider recording(List<Thread> threads) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().startsWith("get") || method.getName().equals("update")) {
                threads.add(Thread.currentThread());
            }
            return method.invoke(memory, arguments);
        };
        return store(handler);
    }

    private SessionDataProvider slowToRead(CompletableFuture<Void> reading, CompletableFuture<Void> gate) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object answer = method.invoke(memory, arguments);
            if (!method.getName().startsWith("get")) {
                return answer;
            }
            reading.complete(null);
            return gate.thenCompose(open -> (CompletionStage<?>) answer);
        };
        return store(handler);
    }

    private static SessionDataProvider store(InvocationHandler handler) {
        return (SessionDataProvider) Proxy.newProxyInstance(
                SessionDataProvider.class.getClassLoader(), new Class<?>[] {SessionDataProvider.class}, handler);
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @SessionType("basket")
    static class Basket extends Session {
        public List<String> items = new ArrayList<>();

        Basket(String key) {
            super(key);
        }
    }
}
