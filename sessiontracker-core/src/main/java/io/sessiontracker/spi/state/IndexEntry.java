package io.sessiontracker.spi.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an {@link Index}. Entries compare by index, type, position and key; the position is {@code at}, and before it the
 * bucket in an index by bucket.
 *
 * @param type the session type's name
 * @param bucket the {@link SessionAddress#bucket} in an index by bucket, else 0
 * @param at a start, a deadline or another moment, milliseconds since the epoch; {@link Long#MAX_VALUE} for never
 * @param key the application's key; compares as its UTF-8 bytes do
 */
public record IndexEntry(Index index, String type, int bucket, long at, String key) implements Comparable<IndexEntry> {

    private static final Comparator<IndexEntry> ORDER = Comparator.comparing(IndexEntry::index)
            .thenComparing(IndexEntry::type)
            .thenComparingInt(IndexEntry::bucket)
            .thenComparingLong(IndexEntry::at)
            .thenComparing(entry -> entry.key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** Returns all entries of a key. */
    static Set<IndexEntry> of(SessionAddress address, KeyState state) {
        Set<IndexEntry> entries = new HashSet<>();
        addSession(entries, address, false, state.running());
        addSession(entries, address, true, state.finished());
        add(entries, address, Index.CLAIM, state.expired().stream().mapToLong(ExpiredSession::claimedUntil));
        add(
                entries,
                address,
                Index.CLEAN_UP,
                LongStream.concat(
                        state.calls().stream().mapToLong(CompletedCall::until),
                        state.expired().stream()
                                .mapToLong(each -> each.entry().deadline().keptUntil())));
        return entries;
    }

    private static void addSession(
            Set<IndexEntry> entries, SessionAddress address, boolean finished, @Nullable SessionEntry session) {
        if (session != null) {
            entries.add(of(address, Index.sessions(finished), session.startedAt()));
            entries.add(
                    of(address, Index.deadlines(finished), session.deadline().at()));
        }
    }

    private static void add(Set<IndexEntry> entries, SessionAddress address, Index index, LongStream moments) {
        OptionalLong first = moments.min();
        if (first.isPresent()) {
            entries.add(of(address, index, first.getAsLong()));
        }
    }

    private static IndexEntry of(SessionAddress address, Index index, long at) {
        return new IndexEntry(index, address.type(), index.isByBucket() ? address.bucket() : 0, at, address.key());
    }

    /** Returns an entry that comes before all others of an index. */
    static IndexEntry first(Index index, String type) {
        return new IndexEntry(index, type, -1, Long.MIN_VALUE, "");
    }

    /** Returns the key and its type. */
    public SessionAddress address() {
        return new SessionAddress(type, key);
    }

    @Override
    public int compareTo(IndexEntry other) {
        return ORDER.compare(this, other);
    }
}
