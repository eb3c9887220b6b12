package io.sessiontracker.spi.state;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import io.sessiontracker.spi.ScanPosition;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.SessionEntry.Indexed;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an {@link Index}. Entries compare by index, type, group and position: bucket, moment, and key as its UTF-8 bytes compare.
 *
 * @param type the session type's name
 * @param group the group of entries that it is one of; {@link Group#NONE} in an index without groups
 * @param bucket the {@link SessionAddress#bucket} in an index of sessions by start, else 0
 * @param at a start, a deadline or another moment, milliseconds since the epoch; {@link Long#MAX_VALUE} for never
 * @param key the application's key
 */
public record IndexEntry(Index index, String type, Group group, int bucket, long at, String key)
        implements Comparable<IndexEntry> {

    /** The ordered indexes that a {@link KeyStateStore} keeps for each session type. */
    public enum Index {
        /** Running sessions by bucket and start, in a {@linkplain Group group} for each set of indexed properties. */
        RUNNING,
        /** Finished sessions likewise. */
        FINISHED,
        /** Running sessions by bucket and start, in a group for each indexed property and value. */
        RUNNING_PROPERTY,
        /** Finished sessions likewise. */
        FINISHED_PROPERTY,
        /** Running sessions by a moment not later than their deadline: for counts, and to find expired ones. */
        RUNNING_DEADLINE,
        /** Finished sessions likewise. */
        FINISHED_DEADLINE,
        /** Keys with expired sessions awaiting delivery, by the end of the claim that ends first. */
        CLAIM,
        /** Keys whose running session has reminders, by the moment at which the first is to be looked at. */
        REMINDER,
        /**
         * Keys with records of calls, expired sessions or sessions that are in no other index, by the moment at which the first is no
         * longer needed, or an earlier one. A store that drops these by itself, or by a time to live, need not keep them.
         */
        CLEAN_UP;

        /** Returns the index of a type's running or finished sessions by start. */
        static Index sessions(boolean finished) {
            return finished ? FINISHED : RUNNING;
        }

        /** Returns the index of a type's running or finished sessions by property. */
        static Index properties(boolean finished) {
            return finished ? FINISHED_PROPERTY : RUNNING_PROPERTY;
        }

        /** Returns the index of a type's running or finished sessions by deadline. */
        static Index deadlines(boolean finished) {
            return finished ? FINISHED_DEADLINE : RUNNING_DEADLINE;
        }
    }

    /**
     * A group of entries of an index.
     *
     * @param property an indexed property; empty in an index that is not by property
     * @param value the property's value. In {@link Index#RUNNING} and {@link Index#FINISHED} the names of the properties that were
     *     indexed when the session was written, in order, encoded as in URLs, with commas between: so a scan by a property also finds
     *     the sessions that a process with other settings wrote. Else empty
     */
    public record Group(String property, String value) implements Comparable<Group> {

        /** The only group of an index without groups. */
        public static final Group NONE = new Group("", "");

        /** Returns the group of the sessions that were written where these properties were indexed. */
        public static Group ofNames(Set<String> names) {
            return names.isEmpty()
                    ? NONE
                    : new Group("", names.stream().map(Group::encoded).sorted().collect(Collectors.joining(",")));
        }

        /** Returns the names, if this is a group by names. */
        public Set<String> names() {
            return value.isEmpty()
                    ? Set.of()
                    : Arrays.stream(value.split(",", -1))
                            .map(name -> URLDecoder.decode(name, StandardCharsets.UTF_8))
                            .collect(Collectors.toUnmodifiableSet());
        }

        /** Returns whether the sessions of this group, if it is one by names, have that property indexed. */
        boolean hasName(String name) {
            return List.of(value.split(",", -1)).contains(encoded(name));
        }

        private static String encoded(String name) {
            return URLEncoder.encode(name, StandardCharsets.UTF_8);
        }

        @Override
        public int compareTo(Group other) {
            int order = property.compareTo(other.property);
            return order != 0 ? order : value.compareTo(other.value);
        }
    }

    /** Returns all entries of a key. */
    public static Set<IndexEntry> of(SessionAddress address, KeyState state) {
        return of(address, state, KeyState.EMPTY);
    }

    /** Returns the entries of a key, without some of those that it has in another state, too. */
    static Set<IndexEntry> of(SessionAddress address, KeyState state, KeyState other) {
        Set<IndexEntry> entries = new HashSet<>();
        addSession(entries, address, false, state.running(), other.running());
        addSession(entries, address, true, state.finished(), other.finished());
        if (!state.expired().equals(other.expired())
                || !state.calls().equals(other.calls())
                || state.unindexedUntil() != other.unindexedUntil()) {
            addMoments(entries, address, state);
        }
        if (!state.reminders().equals(other.reminders())) {
            add(entries, address, Index.REMINDER, state.reminders().stream().mapToLong(Reminder::next));
        }
        return entries;
    }

    private static void addMoments(Set<IndexEntry> entries, SessionAddress address, KeyState state) {
        add(entries, address, Index.CLAIM, state.expired().stream().mapToLong(ExpiredSession::claimedUntil));
        LongStream records = LongStream.concat(
                state.calls().stream().mapToLong(CompletedCall::until),
                state.expired().stream()
                        .mapToLong(each -> each.entry().deadline().keptUntil()));
        add(
                entries,
                address,
                Index.CLEAN_UP,
                LongStream.concat(records, LongStream.of(state.unindexedUntil()))
                        .filter(moment -> moment < Long.MAX_VALUE));
    }

    /** Adds the entries of a session, unless it has none, or the other one of the same key has the same. */
    private static void addSession(
            Set<IndexEntry> entries,
            SessionAddress address,
            boolean finished,
            @Nullable SessionEntry session,
            @Nullable SessionEntry other) {
        Indexed indexed = session == null ? null : session.indexed();
        if (session == null || indexed == null || session.isIndexedAs(other)) {
            return;
        }
        ScanPosition position = new ScanPosition(address.bucket(), session.startedAt(), address.key());
        entries.add(at(Index.sessions(finished), address.type(), Group.ofNames(indexed.names()), position));
        indexed.values()
                .forEach((property, value) -> entries.add(
                        at(Index.properties(finished), address.type(), new Group(property, value), position)));
        entries.add(of(address, Index.deadlines(finished), session.deadline().indexed()));
    }

    private static void add(Set<IndexEntry> entries, SessionAddress address, Index index, LongStream moments) {
        OptionalLong first = moments.min();
        if (first.isPresent()) {
            entries.add(of(address, index, first.getAsLong()));
        }
    }

    private static IndexEntry of(SessionAddress address, Index index, long at) {
        return new IndexEntry(index, address.type(), Group.NONE, 0, at, address.key());
    }

    /** Returns the entry of a session at that position. */
    static IndexEntry at(Index index, String type, Group group, ScanPosition position) {
        return new IndexEntry(index, type, group, position.bucket(), position.startedAt(), position.key());
    }

    /** Returns an entry that comes before all others of a group. */
    static IndexEntry first(Index index, String type, Group group) {
        return new IndexEntry(index, type, group, -1, Long.MIN_VALUE, "");
    }

    /** Returns an entry that comes after all others of a group. */
    static IndexEntry last(Index index, String type, Group group) {
        return new IndexEntry(index, type, group, SessionAddress.BUCKETS, Long.MAX_VALUE, "");
    }

    /** Returns the key and its type. */
    public SessionAddress address() {
        return new SessionAddress(type, key);
    }

    @Override
    public int compareTo(IndexEntry other) {
        int order = index.compareTo(other.index);
        order = order != 0 ? order : type.compareTo(other.type);
        order = order != 0 ? order : group.compareTo(other.group);
        return order != 0 ? order : comparePosition(other);
    }

    /** Compares by moment, then bucket, then key, the greatest first: by start it is the newest session that comes first. */
    public static int compareNewestFirst(IndexEntry one, IndexEntry other) {
        int order = Long.compare(other.at, one.at);
        return order != 0 ? order : other.comparePosition(one);
    }

    /** Compares by the order within a group. */
    int comparePosition(IndexEntry other) {
        int order = Integer.compare(bucket, other.bucket);
        order = order != 0 ? order : Long.compare(at, other.at);
        return order != 0 ? order : compareKeys(key, other.key);
    }

    /** Compares as the UTF-8 bytes do: a surrogate is part of a character beyond all others. */
    private static int compareKeys(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char c = one.charAt(i);
            char d = other.charAt(i);
            if (c != d) {
                boolean isHigher = Character.isSurrogate(c);
                return isHigher == Character.isSurrogate(d) ? c - d : isHigher ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }
}
