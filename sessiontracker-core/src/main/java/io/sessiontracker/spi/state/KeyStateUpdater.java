package io.sessiontracker.spi.state;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * One transition of one key by compare-and-set: load, apply, swap, and again after a pause if another caller was faster. A pause
 * is a random time below a limit that begins at a millisecond and doubles up to 128; after 32 conflicts the call fails.
 *
 * <p>Nothing is written where nothing changes. But a session that is seen to be due is removed before its absence is answered, so
 * that a writer who loaded it in time cannot store it later.
 */
final class KeyStateUpdater<R> {

    private static final int MAX_CONFLICTS = 32;
    private static final int MAX_DOUBLINGS = 7;

    private final KeyStateStore store;
    private final SessionAddress address;
    private final Function<KeyStateTransitions, Outcome<R>> transition;
    private final boolean pruning;
    private final Set<Part> parts;
    private int conflicts;
    private @Nullable Outcome<R> outcome;

    /** @param pruning whether outdated records are reason enough to write */
    KeyStateUpdater(
            KeyStateStore store,
            SessionAddress address,
            Set<Part> parts,
            boolean pruning,
            Function<KeyStateTransitions, Outcome<R>> transition) {
        this.store = store;
        this.address = address;
        this.parts = new HashSet<>(parts);
        this.pruning = pruning;
        this.transition = transition;
    }

    CompletionStage<R> run() {
        return AsyncLoops.repeat(() -> store.load(address, Set.copyOf(parts)).thenCompose(this::attempt))
                .thenApply(nothing -> Objects.requireNonNull(outcome).reply());
    }

    /** Answers whether to try again. */
    private CompletionStage<Boolean> attempt(LoadedState loaded) {
        KeyState stored = loaded.state();
        KeyState pruned = stored.prune(loaded.now());
        KeyState next;
        try {
            outcome = transition.apply(new KeyStateTransitions(pruned, loaded.now()));
            next = outcome.state().prune(loaded.now());
        } catch (PartNotLoadedException missing) {
            return parts.add(missing.part()) ? CompletableFuture.completedStage(true) : conflict();
        }
        boolean sawDue = !stored.expire(loaded.now()).equals(stored);
        KeyState unchanged = pruning || sawDue ? stored : pruned;
        if (next.equals(unchanged)) {
            return CompletableFuture.completedStage(false);
        }
        KeyStateChanges changes = KeyStateChanges.between(address, stored, next);
        return store.swap(address, loaded.revision(), changes)
                .thenCompose(done -> done ? CompletableFuture.completedStage(false) : conflict());
    }

    private CompletionStage<Boolean> conflict() {
        if (++conflicts == MAX_CONFLICTS) {
            return CompletableFuture.failedStage(new SessionStoreException(
                    "%s was changed by others %d times while it was to be changed; nothing was done"
                            .formatted(address, conflicts),
                    null));
        }
        long limit = TimeUnit.MILLISECONDS.toMicros(1) << Math.min(conflicts - 1, MAX_DOUBLINGS);
        return pause(ThreadLocalRandom.current().nextLong(limit));
    }

    private CompletionStage<Boolean> pause(long micros) {
        if (!store.description().blocking()) {
            Executor later = CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS);
            return CompletableFuture.supplyAsync(() -> true, later);
        }
        try {
            TimeUnit.MICROSECONDS.sleep(micros);
            return CompletableFuture.completedStage(true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedStage(new SessionStoreException(
                    "Interrupted while %s was to be changed; nothing was done".formatted(address), interrupted));
        }
    }
}
