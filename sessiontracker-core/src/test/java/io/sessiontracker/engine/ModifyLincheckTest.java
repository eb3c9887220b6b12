package io.sessiontracker.engine;

import java.util.function.Consumer;

import io.sessiontracker.Lincheck;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of one key in one process, by blocking and async callers, some of which throw or give up. */
@Tag(Lincheck.TAG)
class ModifyLincheckTest {

    @Test
    void shouldApplyEachChangeOnce() {
        Lincheck.stress(Changes.class);
    }

    /** A counter: its values show each change that was lost or applied twice. */
    public static class Changes {

        private static final String KEY = "c-1";

        private final ClosableSessionTracker tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new Counter.Codec())
                .worker(Runnable::run)
                .buildIdle();

        public Changes() {
            tracker.start(new Counter(KEY)).orElseThrow();
        }

        @Operation
        public int modify() {
            Increment change = new Increment();
            tracker.modify(Counter.class, KEY, change).orElseThrow();
            return change.made;
        }

        @Operation
        public int modifyAsync() {
            Increment change = new Increment();
            tracker.async().modify(Counter.class, KEY, change).join().orElseThrow();
            return change.made;
        }

        /** What it did to its instance is in no other caller's change. */
        @Operation
        public void modifyAndThrow() {
            try {
                var unused = tracker.modify(Counter.class, KEY, counter -> {
                    counter.value += 1_000;
                    throw new UnsupportedOperationException();
                });
                throw new AssertionError("The change's exception was lost");
            } catch (UnsupportedOperationException expected) {
                // It is the change's own.
            }
        }

        /** Whether it takes effect is open, so it changes nothing. */
        @Operation
        public void cancel() {
            tracker.async().modify(Counter.class, KEY, counter -> {}).cancel(true);
        }

        @Operation
        public int read() {
            return tracker.peek(Counter.class, KEY).orElseThrow().value;
        }
    }

    /** Remembers what it made when it was stored: a caller is answered with what the last change of the same write made. */
    private static final class Increment implements Consumer<Counter> {

        private int made;

        @Override
        public void accept(Counter counter) {
            made = ++counter.value;
        }
    }
}
