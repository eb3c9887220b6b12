package io.sessiontracker.spi.state;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * One step by compare-and-set: load, apply, swap, and again if another caller was faster: at once the first time, then after a pause.
 * What the store remembers of the key, and what came with a refusal, is not loaded.
 * A pause is a random time below a limit that begins at a millisecond and doubles up to 128; after 32 conflicts the call fails.
 */
final class KeyStateUpdater<R> {

    private static final int MAX_CONFLICTS = 32;
    private static final int MAX_DOUBLINGS = 7;

    private final KeyStateStore store;
    private final KeyStateStep<R> step;
    private int conflicts;
    private boolean begun;
    private @Nullable LoadedState stored;

    KeyStateUpdater(KeyStateStore store, KeyStateStep<R> step) {
        this.store = store;
        this.step = step;
    }

    CompletionStage<R> run() {
        return AsyncLoops.repeat(this::next).thenApply(nothing -> step.reply());
    }

    private CompletionStage<Boolean> tryRemembered() {
        LoadedState remembered = store.remembered(step.address());
        if (remembered != null && step.applyTo(remembered)) {
            KeyStateChanges changes = step.changes();
            if (changes != null) {
                return swap(remembered, changes);
            }
        }
        return CompletableFuture.completedStage(true);
    }

    /** Answers whether to try again. */
    private CompletionStage<Boolean> next() {
        if (!begun) {
            begun = true;
            return tryRemembered();
        }
        LoadedState known = stored;
        stored = null;
        return known != null && step.parts().isEmpty()
                ? attempt(known)
                : store.load(step.address(), step.parts()).thenCompose(this::attempt);
    }

    private CompletionStage<Boolean> attempt(LoadedState loaded) {
        int asked = step.parts().size();
        if (!step.applyTo(loaded)) {
            // A part that was asked for and is not there was removed meanwhile.
            return step.parts().size() > asked ? CompletableFuture.completedStage(true) : conflict();
        }
        KeyStateChanges changes = step.changes();
        return changes == null ? CompletableFuture.completedStage(false) : swap(loaded, changes);
    }

    private CompletionStage<Boolean> swap(LoadedState loaded, KeyStateChanges changes) {
        return store.swap(step.address(), loaded.revision(), changes).thenCompose(reply -> {
            stored = reply.stored();
            return reply.done() ? CompletableFuture.completedStage(false) : conflict();
        });
    }

    private CompletionStage<Boolean> conflict() {
        if (++conflicts == MAX_CONFLICTS) {
            return CompletableFuture.failedStage(new SessionStoreException(
                    "%s was changed by others %d times while it was to be changed; nothing was done"
                            .formatted(step.address(), conflicts),
                    null));
        }
        if (conflicts == 1) {
            return CompletableFuture.completedStage(true);
        }
        long limit = TimeUnit.MILLISECONDS.toMicros(1) << Math.min(conflicts - 2, MAX_DOUBLINGS);
        return pause(ThreadLocalRandom.current().nextLong(limit));
    }

    private CompletionStage<Boolean> pause(long micros) {
        if (!store.description().blocking()) {
            return AsyncLoops.pause(micros, TimeUnit.MICROSECONDS);
        }
        try {
            TimeUnit.MICROSECONDS.sleep(micros);
            return CompletableFuture.completedStage(true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedStage(new SessionStoreException(
                    "Interrupted while %s was to be changed; nothing was done".formatted(step.address()), interrupted));
        }
    }
}
