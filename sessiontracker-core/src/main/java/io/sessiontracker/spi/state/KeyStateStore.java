package io.sessiontracker.spi.state;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.support.AsyncLoops;

/**
 * A store that keeps the states of keys, replaces them by compare-and-set, and knows nothing of sessions' lives.
 *
 * <p>A method may block, and may throw what its stage would fail with: a {@link io.sessiontracker.SessionStoreException} where
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
     */
    CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts);

    /**
     * Makes changes in one atomic step, index entries included, if the root is at that revision.
     *
     * @param revision the revision that was loaded; {@link LoadedState#ABSENT} if there must be no root
     * @return whether the changes were made; false if the root is at another revision, and nothing was changed. A store that does
     *     not know, because its driver sent the swap again after a lost reply and another caller changed the root since, fails
     */
    CompletionStage<Boolean> swap(SessionAddress address, long revision, KeyStateChanges changes);

    /** Reads a range of an index. */
    CompletionStage<List<IndexEntry>> entries(IndexRange range);

    /** Counts the entries of a type in an index whose moment has not come by the store's clock. */
    CompletionStage<Long> count(Index index, String type);

    /**
     * Loads several keys of a type, each as {@link #load} does. A store that can do that in one step should override this.
     *
     * @return in the order of the keys
     */
    default CompletionStage<List<LoadedState>> loadAll(List<SessionAddress> addresses, Set<Part> parts) {
        return AsyncLoops.all(addresses, address -> load(address, parts));
    }
}
