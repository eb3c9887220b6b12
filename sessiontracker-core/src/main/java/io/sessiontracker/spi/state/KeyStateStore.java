package io.sessiontracker.spi.state;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps the states of keys, replaces them by compare-and-set, and knows nothing of sessions' lives.
 *
 * <p>A method may block, and may throw what its stage would fail with: a {@link SessionStoreException} where
 * the store cannot be reached or answers an error.
 */
public interface KeyStateStore {

    /** Returns what the engine has to know of this store. */
    StoreDescription description();

    /**
     * Loads a key's root and some of its parts. The parts are those of the loaded root: a store that reads them one after the
     * other reads the root's revision once more at the end, and begins again if it changed.
     *
     * @param parts the parts that are needed; the key need not have them
     * @return also where the root is there and cannot be read, see {@link LoadedState#unreadable}
     */
    CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts);

    /**
     * Makes changes in one atomic step, index entries included, if the root is at that revision.
     *
     * @param revision the revision that was loaded; {@link LoadedState#ABSENT} if there must be no root
     * @return whether the changes were made. A store that does not know, because its driver sent the swap again after a lost reply and
     *     another caller changed the root since, fails
     */
    CompletionStage<SwapReply> swap(SessionAddress address, long revision, KeyStateChanges changes);

    /**
     * Returns what this process last saw of a key, with the store's time: a step that changes something of it is swapped without
     * loading the key first, and the swap finds out whether it is still so. A reply that changes nothing is never taken from it. Null
     * unless a store remembers; one whose swaps are refused for the same price as a load should.
     */
    default @Nullable LoadedState remembered(SessionAddress address) {
        return null;
    }

    /** Reads a range of an index. */
    CompletionStage<List<IndexEntry>> entries(IndexRange range);

    /** Returns whether {@link #entries} answers only sessions that match the range's filter. Else the caller checks it. */
    default boolean appliesFilter(IndexRange range) {
        return range.filter() == null;
    }

    /**
     * Returns the groups in which an index has entries of a type; there may be others among them, without entries. Called for
     * {@link Index#RUNNING} and {@link Index#FINISHED} only, which seldom have more than one.
     */
    CompletionStage<? extends Collection<Group>> groups(Index index, String type);

    /** Counts the entries of a type in an index whose moment has not come by the store's clock. */
    CompletionStage<Long> count(Index index, String type);

    /** See {@link io.sessiontracker.spi.SessionDataProvider#recordLockProvider}. */
    CompletionStage<String> recordLockProvider(String name, Duration lease);

    /**
     * Loads several keys of a type, each as {@link #load} does. A store that can do that in one step should override this.
     *
     * @return in the order of the keys
     */
    default CompletionStage<List<LoadedState>> loadAll(List<SessionAddress> addresses, Set<Part> parts) {
        return AsyncLoops.all(addresses, address -> load(address, parts));
    }

    /**
     * Takes a step: loads the key, {@linkplain KeyStateStep#applyTo applies} the step, and swaps; again after a conflict, at first
     * without a pause. A store that can exclude other writers from a key, by a lock or within a transaction, may do it under that
     * exclusion instead, so that there are no conflicts.
     *
     * @return the step's reply
     */
    default <R> CompletionStage<R> take(KeyStateStep<R> step) {
        return new KeyStateUpdater<>(this, step).run();
    }

    /**
     * What became of a swap.
     *
     * @param done whether the changes were made; false if the root was at another revision, and nothing was changed
     * @param stored the root that refused the changes, without its parts, if the store got it with the refusal: the next attempt need
     *     not load it. Else null
     */
    record SwapReply(boolean done, @Nullable LoadedState stored) {

        /** The changes were made. */
        public static final SwapReply DONE = new SwapReply(true, null);

        /** The root was at another revision. */
        public static final SwapReply REFUSED = new SwapReply(false, null);

        /** Returns the reply of a store that says no more than whether the changes were made. */
        public static SwapReply of(boolean done) {
            return done ? DONE : REFUSED;
        }

        /** Returns the refusal by what is stored. */
        public static SwapReply refusedBy(LoadedState stored) {
            return new SwapReply(false, stored);
        }
    }

    /**
     * A key's state as a store has it.
     *
     * @param state the root, with those of the parts asked for that there are; {@link KeyState#EMPTY} if nothing is stored
     * @param revision the revision of the root; {@link #ABSENT} if nothing is stored
     * @param now the store's time, milliseconds since the epoch, read no earlier than the state
     * @param failure why what is stored cannot be read; null if it can
     */
    record LoadedState(
            KeyState state,
            long revision,
            long now,
            @Nullable SessionStoreException failure) {

        /** The revision of what is not stored. */
        public static final long ABSENT = 0;

        /** Creates a state that could be read. */
        public LoadedState(KeyState state, long revision, long now) {
            this(state, revision, now, null);
        }

        /**
         * Returns what a store answers where the stored bytes are not those of a state: the key's calls fail, and others are not
         * affected, not even in the same scan or sweep.
         *
         * @param failure names the key and says why; says nothing of the session's data
         */
        public static LoadedState unreadable(SessionStoreException failure, long now) {
            return new LoadedState(KeyState.EMPTY, ABSENT, now, failure);
        }

        /** Returns what a store answers where nothing is stored. */
        public static LoadedState absent(long now) {
            return new LoadedState(KeyState.EMPTY, ABSENT, now);
        }
    }

    /**
     * The entries of one group of an index that a store is asked for, in their order.
     *
     * @param after the entry after which to begin; it need not be there
     * @param due whether only entries are wanted whose moment has come by the store's clock: {@link IndexEntry#at} is not later than
     *     now
     * @param limit how many at the most
     * @param filter a condition for the sessions; a store may leave out the entries of those that do not match, and says by
     *     {@link KeyStateStore#appliesFilter} whether it does. Null for all
     * @param indexed the properties by which each session of this range is indexed, if it has them
     * @param newestFirst whether the entries are wanted that come before {@code after} by moment, bucket and key, the last of them first;
     *     only of an index by start
     */
    record IndexRange(
            IndexEntry after,
            boolean due,
            int limit,
            @Nullable SessionFilter filter,
            Set<String> indexed,
            boolean newestFirst) {

        /** Returns the first due entries of an index without groups. */
        static IndexRange due(Index index, String type, int limit) {
            return new IndexRange(IndexEntry.first(index, type, Group.NONE), true, limit, null, Set.of(), false);
        }

        /** Returns what follows an entry. */
        IndexRange next(IndexEntry last) {
            return new IndexRange(last, due, limit, filter, indexed, newestFirst);
        }

        /** Returns an entry that comes before all others of the index's group. */
        public IndexEntry first() {
            return IndexEntry.first(after.index(), after.type(), after.group());
        }

        /** Returns whether an entry after {@link #after} is in this range, its limit and its filter aside. */
        public boolean contains(IndexEntry entry, long now) {
            return entry.index() == after.index()
                    && entry.type().equals(after.type())
                    && entry.group().equals(after.group())
                    && (!due || entry.at() <= now);
        }
    }
}
