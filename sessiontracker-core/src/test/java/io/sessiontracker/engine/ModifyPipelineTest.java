package io.sessiontracker.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.SessionType;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Changes that are made while the write before them is under way. */
class ModifyPipelineTest {

    private static final String KEY = "l-1";

    private final InMemorySessionDataProvider memory = new InMemorySessionDataProvider();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger reads = new AtomicInteger();
    /** Completes when the store has executed the first write. */
    private final CompletableFuture<Void> executed = new CompletableFuture<>();

    private final CompletableFuture<Void> reply = new CompletableFuture<>();

    @AfterEach
    void shutDown() {
        threads.shutdownNow();
    }

    @Test
    void shouldMakeAChangeWhileTheLastOneIsWritten() {
        ClosableSessionTracker tracker = tracker(Supplier::get);
        var first = modify(tracker, "first");
        join(executed);
        join(begun(tracker, "second"));
        var third = modify(tracker, "third");
        assertThat(first).isNotDone();
        reply.complete(null);

        assertThat(lines(first)).containsExactly("first");
        assertThat(lines(third)).containsExactly("first", "second", "third");
        assertThat(reads).hasValue(1);
    }

    @Test
    void shouldRepeatAChangeOfAStateThatWasNotStored() {
        ClosableSessionTracker tracker = tracker(call -> {
            build(memory).modify(Log.class, KEY, log -> log.lines.add("other")).orElseThrow();
            return call.get();
        });
        var first = modify(tracker, "first");
        join(executed);
        AtomicInteger times = new AtomicInteger();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var second = tracker.async().modify(Log.class, KEY, log -> {
            times.incrementAndGet();
            log.lines.add("second");
            begun.complete(null);
        });
        join(begun);
        reply.complete(null);

        assertThat(lines(first)).startsWith("other", "first");
        assertThat(lines(second)).containsExactly("other", "first", "second");
        assertThat(times).hasValue(2);
    }

    @Test
    void shouldRepeatOnlyChangesThatWereNotSent() {
        ClosableSessionTracker tracker = tracker(call -> call.get()
                .thenCompose(stored ->
                        CompletableFuture.failedStage(new SessionStoreException("The reply was lost", null))));
        var first = modify(tracker, "first");
        join(executed);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> open = new CompletableFuture<>();
        var second = tracker.async().modify(Log.class, KEY, log -> {
            begun.complete(null);
            join(open);
            log.lines.add("second");
        });
        join(begun);
        reply.complete(null);
        assertThatThrownBy(() -> lines(first)).hasRootCauseInstanceOf(SessionStoreException.class);
        open.complete(null);

        assertThat(lines(second)).containsExactly("first", "second");
        assertThat(tracker.peek(Log.class, KEY).orElseThrow().lines).containsExactly("first", "second");
    }

    /** It throws because of a change that is not stored then. */
    @Test
    void shouldThrowOnlyBecauseOfWhatIsStored() {
        ClosableSessionTracker tracker =
                tracker(call -> CompletableFuture.failedStage(new SessionStoreException("The request was lost", null)));
        var first = modify(tracker, "first");
        join(executed);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var second = tracker.async().modify(Log.class, KEY, log -> {
            begun.complete(null);
            addFirst(log, "second");
        });
        join(begun);
        reply.complete(null);

        assertThatThrownBy(() -> lines(first)).hasRootCauseInstanceOf(SessionStoreException.class);
        assertThat(lines(second)).containsExactly("second");
    }

    /** It throws because of a state that another process has replaced before the call. */
    @Test
    void shouldThrowOnlyBecauseOfWhatWasStoredAfterTheCall() {
        ClosableSessionTracker tracker = tracker(Supplier::get);
        var first = modify(tracker, "first");
        join(executed);
        build(memory).modify(Log.class, KEY, log -> log.lines.clear()).orElseThrow();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var second = tracker.async().modify(Log.class, KEY, log -> {
            begun.complete(null);
            addFirst(log, "second");
        });
        join(begun);
        reply.complete(null);

        assertThat(lines(first)).containsExactly("first");
        assertThat(lines(second)).containsExactly("second");
    }

    @Test
    void shouldThrowBecauseOfWhatIsStored() {
        ClosableSessionTracker tracker = tracker(Supplier::get);
        var first = modify(tracker, "first");
        join(executed);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        AtomicInteger times = new AtomicInteger();
        var second = tracker.async().modify(Log.class, KEY, log -> {
            times.incrementAndGet();
            begun.complete(null);
            addFirst(log, "second");
        });
        var third = modify(tracker, "third");
        join(begun);
        reply.complete(null);

        assertThat(lines(first)).containsExactly("first");
        assertThatThrownBy(() -> lines(second)).hasRootCauseMessage("not the first");
        assertThat(lines(third)).containsExactly("first", "third");
        assertThat(times).hasValue(2);
    }

    private static void addFirst(Log log, String line) {
        if (!log.lines.isEmpty()) {
            throw new IllegalArgumentException("not the first");
        }
        log.lines.add(line);
    }

    /** The change is first made to the session before the restart, of which this caller never knew. */
    @Test
    void shouldModifyASessionThatWasRestartedMeanwhile() {
        ClosableSessionTracker tracker = tracker(Supplier::get);
        var first = modify(tracker, "first");
        join(executed);
        tracker.delete(Log.class, KEY).orElseThrow();
        tracker.start(new Log(KEY)).orElseThrow();
        var second = begun(tracker, "second");
        join(second);
        reply.complete(null);

        assertThat(lines(first)).containsExactly("first");
        assertThat(lines(modify(tracker, "third"))).containsExactly("second", "third");
    }

    @Test
    void shouldNotReadForACallerThatComesBackAtOnce() {
        ClosableSessionTracker tracker = started(new SessionTrackerBuilder(
                        store(Supplier::get), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .worker(Runnable::run)
                .buildIdle());

        var second = modify(tracker, "first").thenCompose(first -> modify(tracker, "second"));
        reply.complete(null);

        assertThat(lines(second)).containsExactly("first", "second");
        assertThat(reads).hasValue(1);
    }

    private static CompletableFuture<SessionResult<Log>> modify(ClosableSessionTracker tracker, String line) {
        return tracker.async().modify(Log.class, KEY, log -> log.lines.add(line));
    }

    /** Modifies, and completes when the change was made for the first time. */
    private static CompletableFuture<Void> begun(ClosableSessionTracker tracker, String line) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var unused = tracker.async().modify(Log.class, KEY, log -> {
            log.lines.add(line);
            begun.complete(null);
        });
        return begun;
    }

    private static List<String> lines(CompletableFuture<SessionResult<Log>> answer) {
        return join(answer).orElseThrow().lines;
    }

    private static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private ClosableSessionTracker tracker(
            Function<Supplier<CompletionStage<Object>>, CompletionStage<Object>> firstWrite) {
        return started(build(store(firstWrite)));
    }

    /** A store that counts reads, and replies to the first write when it may. */
    @SuppressWarnings("unchecked")
    private SessionDataProvider store(Function<Supplier<CompletionStage<Object>>, CompletionStage<Object>> firstWrite) {
        AtomicInteger writes = new AtomicInteger();
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().startsWith("get")) {
                reads.incrementAndGet();
            }
            if (!method.getName().equals("update") || writes.getAndIncrement() > 0) {
                return method.invoke(memory, arguments);
            }
            CompletionStage<Object> executedWrite = firstWrite.apply(() -> {
                try {
                    return (CompletionStage<Object>) method.invoke(memory, arguments);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
            executed.complete(null);
            return reply.thenCompose(open -> executedWrite);
        };
        return (SessionDataProvider) Proxy.newProxyInstance(
                SessionDataProvider.class.getClassLoader(), new Class<?>[] {SessionDataProvider.class}, handler);
    }

    private ClosableSessionTracker build(SessionDataProvider store) {
        return new SessionTrackerBuilder(store, new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .worker(threads)
                .modifyTurnLimit(Duration.ofHours(1))
                .buildIdle();
    }

    @SessionType("log")
    static class Log extends Session {
        public List<String> lines = new ArrayList<>();

        Log(String key) {
            super(key);
        }
    }

    private static ClosableSessionTracker started(ClosableSessionTracker tracker) {
        tracker.start(new Log(KEY)).orElseThrow();
        return tracker;
    }
}
