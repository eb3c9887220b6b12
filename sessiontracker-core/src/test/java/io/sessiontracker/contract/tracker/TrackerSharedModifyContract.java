package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.event.SessionUpdated;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Changes of one key that wait for each other in one process share a write. The first holds up the others until they wait. */
interface TrackerSharedModifyContract extends TrackerFixture {

    /** Calls of one key, of which the first has begun and waits for a signal. */
    final class Shared {
        private final ClosableSessionTracker tracker;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final CompletableFuture<SessionResult<Checkout>> first;

        private Shared(ClosableSessionTracker tracker, Consumer<Checkout> change) {
            this.tracker = tracker;
            tracker.start(new Checkout("order-1")).orElseThrow();
            first = tracker.async().modify(Checkout.class, "order-1", checkout -> {
                begun.countDown();
                join(open);
                change.accept(checkout);
            });
            join(begun);
        }

        /** Waits for the first one by the time that this returns. */
        private CompletableFuture<SessionResult<Checkout>> async(Consumer<Checkout> change) {
            return tracker.async().modify(Checkout.class, "order-1", change);
        }

        /** Likewise, by a thread of its own. */
        private Caller blocking(Consumer<Checkout> change) {
            Caller caller = new Caller(() -> tracker.modify(Checkout.class, "order-1", change));
            caller.start();
            await().until(() -> caller.getState() == Thread.State.WAITING);
            return caller;
        }

        private Checkout stored() {
            return tracker.peek(Checkout.class, "order-1").orElseThrow();
        }

        private static void join(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionFailedError("interrupted", interrupted);
            }
        }
    }

    /** A thread that calls something, and what comes of it. */
    final class Caller extends Thread {
        private final Supplier<SessionResult<Checkout>> call;
        private final CompletableFuture<SessionResult<Checkout>> answer = new CompletableFuture<>();
        private volatile boolean interrupted;

        private Caller(Supplier<SessionResult<Checkout>> call) {
            this.call = call;
        }

        @Override
        public void run() {
            try {
                answer.complete(call.get());
            } catch (RuntimeException thrown) {
                answer.completeExceptionally(thrown);
            }
            interrupted = isInterrupted();
        }
    }

    private Shared shared(Consumer<Checkout> first) {
        String namespace = namespace();
        return new Shared(
                builder(data(namespace), locks(namespace), KEPT)
                        .modifyTurnLimit(HOUR)
                        .build(),
                first);
    }

    private static Consumer<Checkout> add(String line) {
        return checkout -> checkout.getLines().add(line);
    }

    @Test
    default void changesThatWaitShouldShareOneVersionAndOneEvent() {
        RecordingListener recorder = new RecordingListener();
        String namespace = namespace();
        Shared shared = new Shared(
                builder(data(namespace), locks(namespace), KEPT)
                        .modifyTurnLimit(HOUR)
                        .listener(recorder)
                        .build(),
                add("0"));
        List<CompletableFuture<SessionResult<Checkout>>> others = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> shared.async(add("" + i)))
                .toList();
        shared.open.countDown();

        List<Checkout> copies = Stream.concat(Stream.of(shared.first), others.stream())
                .map(answer -> answer.join().orElseThrow())
                .toList();

        assertThat(copies).allSatisfy(copy -> {
            assertThat(copy.getVersion()).isEqualTo(2);
            assertThat(copy.getLines()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        });
        copies.get(0).getLines().clear();
        assertThat(copies.get(1).getLines()).hasSize(10);
        assertThat(shared.stored().getVersion()).isEqualTo(2);
        assertThat(recorder.events())
                .filteredOn(SessionUpdated.class::isInstance)
                .hasSize(1);
    }

    @Test
    default void aBlockingCallersChangeShouldBeMadeByItsOwnThread() {
        Shared shared = shared(add("0"));
        List<AtomicReference<Thread>> threads =
                Stream.generate(() -> new AtomicReference<Thread>()).limit(4).toList();
        List<Caller> callers = threads.stream()
                .map(thread -> shared.blocking(checkout -> thread.set(Thread.currentThread())))
                .toList();
        shared.open.countDown();

        callers.forEach(caller ->
                assertThat(caller.answer.join().orElseThrow().getVersion()).isEqualTo(2));
        assertThat(threads).extracting(AtomicReference::get).containsExactlyElementsOf(callers);
    }

    @Test
    default void aChangeThatThrowsShouldHurtNoOther() {
        Shared shared = shared(add("0"));
        IllegalStateException no = new IllegalStateException("no");
        var thrown = shared.async(add("half made").andThen(checkout -> {
            throw no;
        }));
        var illegal = shared.async(add("not to be stored")
                .andThen(checkout -> checkout.getProperties().put("$Key", "order-1")));
        var last = shared.blocking(add("1"));
        shared.open.countDown();

        assertThat(last.answer.join().orElseThrow().getLines()).containsExactly("0", "1");
        assertThatThrownBy(thrown::join).hasCause(no);
        assertThatThrownBy(illegal::join).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(shared.stored().getLines()).containsExactly("0", "1");
        assertThat(shared.stored().getVersion()).isEqualTo(2);
    }

    @Test
    default void aChangeThatIsCancelledBeforeItsTurnShouldNotBeMade() {
        Shared shared = shared(add("0"));
        var cancelled = shared.async(add("cancelled"));
        var last = shared.async(add("1"));
        cancelled.cancel(true);
        shared.first.cancel(true); // has begun
        shared.open.countDown();

        assertThat(last.join().orElseThrow().getLines()).containsExactly("0", "1");
    }

    @Test
    default void anInterruptedCallersChangeShouldNotBeMade() throws InterruptedException {
        Shared shared = shared(add("0"));
        Caller interrupted = shared.blocking(add("interrupted"));
        Caller last = shared.blocking(add("1"));
        interrupted.interrupt();
        interrupted.join();
        shared.open.countDown();

        assertThatThrownBy(interrupted.answer::join)
                .cause()
                .hasMessageContaining("nothing was changed")
                .isNotInstanceOf(SessionStoreException.class);
        assertThat(interrupted.interrupted).isTrue();
        assertThat(last.answer.join().orElseThrow().getLines()).containsExactly("0", "1");
    }

    /** Each of them may have been stored: a second try could store it twice. */
    @Test
    default void changesWhoseReplyWasLostShouldNotBeMadeAgain() {
        String namespace = namespace();
        FaultyDataProvider store = new FaultyDataProvider(data(namespace));
        Shared shared = new Shared(
                builder(store, locks(namespace), KEPT).modifyTurnLimit(HOUR).build(), add("0"));
        var second = shared.async(add("1"));
        Caller third = shared.blocking(add("2"));
        store.loseReplies(1);
        shared.open.countDown();

        assertThatThrownBy(shared.first::join).hasCauseInstanceOf(SessionStoreException.class);
        assertThatThrownBy(second::join).hasCauseInstanceOf(SessionStoreException.class);
        assertThatThrownBy(third.answer::join).hasCauseInstanceOf(SessionStoreException.class);
        assertThat(shared.stored().getLines()).containsExactly("0", "1", "2");
    }

    @Test
    default void changesThatAreRefusedTogetherShouldBeMadeAgainInTheirOrder() {
        Shared shared = shared(add("0"));
        var second = shared.async(add("1"));
        Caller third = shared.blocking(add("2"));
        Checkout other = shared.stored();
        other.setAddress("Side Street");
        shared.tracker.update(other).orElseThrow();
        shared.open.countDown();

        assertThat(second.join().orElseThrow().getVersion()).isEqualTo(3);
        assertThat(third.answer.join().orElseThrow().getLines()).containsExactly("0", "1", "2");
        assertThat(shared.stored().getAddress()).isEqualTo("Side Street");
    }
}
