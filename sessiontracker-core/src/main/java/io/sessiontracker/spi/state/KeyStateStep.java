package io.sessiontracker.spi.state;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.KeyStateTransitions.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One call on one key: what it has to load, and what it changes of that. Nothing is written where nothing changes. But a session
 * that is seen to be due is removed before its absence is answered, so that a writer who loaded it in time cannot store it later.
 *
 * <p>Not safe for concurrent use. May be applied again, to what is stored by then.
 *
 * @param <R> the reply to the caller
 */
public final class KeyStateStep<R> {

    private final SessionAddress address;
    private Set<Part> parts;
    private final boolean pruning;
    private final Function<KeyStateTransitions, Outcome<R>> transition;
    private @Nullable KeyStateChanges changes;
    private @Nullable R reply;
    private @Nullable SessionStoreException unreadable;

    /** @param pruning whether it is reason enough to write that something need not be remembered any more */
    KeyStateStep(
            SessionAddress address,
            Set<Part> parts,
            boolean pruning,
            Function<KeyStateTransitions, Outcome<R>> transition) {
        this.address = address;
        this.parts = parts;
        this.pruning = pruning;
        this.transition = transition;
    }

    /** Returns the key. */
    public SessionAddress address() {
        return address;
    }

    /** Returns the parts to load with the root; more once {@link #applyTo} found that it needs more. */
    public Set<Part> parts() {
        return parts;
    }

    /**
     * Applies this to what is stored.
     *
     * @return false if a part is needed that was not loaded; then the key is to be loaded again, and nothing else holds
     * @throws SessionStoreException if that cannot be read
     */
    public boolean applyTo(LoadedState loaded) {
        unreadable = loaded.failure();
        if (unreadable != null) {
            throw unreadable;
        }
        long now = loaded.now();
        KeyState stored = loaded.state();
        KeyState pruned = stored.prune(now);
        try {
            Outcome<R> outcome = transition.apply(new KeyStateTransitions(pruned, now));
            KeyState next = outcome.state().prune(now);
            boolean sawDue = !stored.expire(now).equals(stored);
            reply = outcome.reply();
            settle(stored, pruning ? next.reindexed(now) : next, pruning || sawDue ? stored : pruned);
            return true;
        } catch (PartNotLoadedException missing) {
            Set<Part> more = new HashSet<>(parts);
            more.add(missing.part());
            parts = Set.copyOf(more);
            return false;
        }
    }

    private void settle(KeyState stored, KeyState next, KeyState unchanged) {
        changes = next.equals(unchanged) ? null : KeyStateChanges.between(address, stored, next);
    }

    /** Returns why what is stored cannot be read, and so this could not be applied; null if it could. */
    @Nullable
    SessionStoreException unreadable() {
        return unreadable;
    }

    /** Returns what is to be written; null if nothing is. */
    public @Nullable KeyStateChanges changes() {
        return changes;
    }

    /** Returns the reply to the caller, once the changes are written. */
    public R reply() {
        return Objects.requireNonNull(reply);
    }
}
