package io.sessiontracker.spi.state;

/**
 * The entries of an index that a store is asked for, in their order.
 *
 * @param after the entry after which to begin; it need not be there
 * @param due whether only entries are wanted whose moment has come by the store's clock: {@link IndexEntry#at} is not later than now
 * @param limit how many at the most
 */
public record IndexRange(IndexEntry after, boolean due, int limit) {

    /** Returns the first entries of an index. */
    static IndexRange first(Index index, String type, boolean due, int limit) {
        return new IndexRange(IndexEntry.first(index, type), due, limit);
    }

    /** Returns what follows an entry. */
    IndexRange next(IndexEntry last) {
        return new IndexRange(last, due, limit);
    }

    /** Returns whether an entry after {@link #after} is in this range, its limit aside. */
    public boolean contains(IndexEntry entry, long now) {
        return entry.index() == after.index() && entry.type().equals(after.type()) && (!due || entry.at() <= now);
    }
}
