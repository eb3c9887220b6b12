package io.sessiontracker.spi.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.state.KeyState.Part;
import org.jspecify.annotations.Nullable;

/**
 * A stored session: a header of a few dozen bytes, and its data.
 *
 * @param version its id and version
 * @param startedAt when it was started
 * @param writes the tokens of the last starts and updates that stored data, at most four, the latest first
 * @param transitioned whether it was ever finished or resumed, or given other lifetimes: those of its start are over
 * @param deadline when it is due
 * @param indexed its indexed properties, none in the record of a call; null if it is in no index
 * @param data what the application put in; null where they are a {@link KeyState.Part} that is not loaded, and in the record of a call
 */
public record SessionEntry(
        SessionVersion version,
        long startedAt,
        List<OperationToken> writes,
        boolean transitioned,
        Deadline deadline,
        @Nullable Indexed indexed,
        @Nullable SessionData data) {

    private static final int MAX_WRITES = 4;

    /**
     * The properties by which a session is to be found.
     *
     * @param names the names that were indexed when the session was written, also such as it does not have
     * @param values the values of those that it has
     */
    public record Indexed(Set<String> names, Map<String, String> values) {

        /** Nothing indexed. */
        public static final Indexed NONE = new Indexed(Set.of(), Map.of());

        /** Copies both. */
        public Indexed {
            names = Set.copyOf(names);
            values = Map.copyOf(values);
        }

        /** Returns what is indexed of data that are to be stored. */
        public static Indexed of(SessionData data) {
            if (data.indexed().isEmpty()) {
                return NONE;
            }
            Map<String, String> values = new HashMap<>(data.properties());
            values.keySet().retainAll(data.indexed());
            return new Indexed(data.indexed(), values);
        }
    }

    /** Copies the list. */
    public SessionEntry {
        writes = List.copyOf(writes);
    }

    static SessionEntry started(String id, long now, SessionData data, OperationToken token, Lifetimes lifetimes) {
        return new SessionEntry(
                new SessionVersion(id, 1),
                now,
                List.of(token),
                false,
                Deadline.of(lifetimes, now, now),
                lifetimes.queryable() ? Indexed.of(data) : null,
                data.stored());
    }

    /**
     * Returns the session as it is answered.
     *
     * @throws NullPointerException if its data are not loaded
     */
    public StoredSession session() {
        return new StoredSession(
                version, writes.get(0), startedAt, deadline.at(), Objects.requireNonNull(data, "data"));
    }

    /** Returns this, whose data are that part; throws an exception that names the part if they are not loaded. */
    SessionEntry loaded(Part part) {
        if (data == null) {
            throw new PartNotLoadedException(part);
        }
        return this;
    }

    String id() {
        return version.id();
    }

    /** Returns whether it is in the indexes; with this setting it was started, finished or resumed. */
    public boolean isIndexed() {
        return indexed != null;
    }

    SessionEntry reindexed(long now) {
        return withDeadline(deadline.reindexed(now));
    }

    /** Returns whether both have the same index entries, if they are of the same key. */
    boolean isIndexedAs(@Nullable SessionEntry other) {
        return other != null
                && startedAt == other.startedAt
                && deadline.indexed() == other.deadline.indexed()
                && Objects.equals(indexed, other.indexed);
    }

    /** Returns what the record of a call contains. */
    SessionEntry header() {
        return new SessionEntry(
                version, startedAt, writes, transitioned, deadline, indexed == null ? null : Indexed.NONE, null);
    }

    SessionEntry touched(long now) {
        return withDeadline(deadline.touched(now));
    }

    /** Returns this finished or resumed: from now on it is in the indexes, or in none. Nothing says which properties to index anew. */
    SessionEntry transitioned(Deadline replacement, boolean queryable) {
        Indexed next = queryable ? Objects.requireNonNullElse(indexed, Indexed.NONE) : null;
        return new SessionEntry(version, startedAt, writes, true, replacement, next, data);
    }

    /** Returns this with other lifetimes than those of its start. */
    SessionEntry expiring(Deadline replacement) {
        return new SessionEntry(version, startedAt, writes, true, replacement, indexed, data);
    }

    SessionEntry withDeadline(Deadline replacement) {
        return replacement.equals(deadline)
                ? this
                : new SessionEntry(version, startedAt, writes, transitioned, replacement, indexed, data);
    }

    SessionEntry withData(@Nullable SessionData replacement) {
        return data == replacement
                ? this
                : new SessionEntry(version, startedAt, writes, transitioned, deadline, indexed, replacement);
    }

    /** Returns this with other data; whether it is in the indexes stays as it is. */
    SessionEntry written(SessionVersion next, SessionData replacement, OperationToken token) {
        return written(next, replacement, token, isIndexed());
    }

    /** Returns this with other data, in the indexes or in none. */
    SessionEntry written(SessionVersion next, SessionData replacement, OperationToken token, boolean queryable) {
        Stream<OperationToken> others = writes.stream().skip(isSame(token, writes.get(0)) ? 1 : 0);
        List<OperationToken> latest =
                Stream.concat(Stream.of(token), others).limit(MAX_WRITES).toList();
        return new SessionEntry(
                next,
                startedAt,
                latest,
                transitioned,
                deadline,
                queryable ? Indexed.of(replacement) : null,
                replacement.stored());
    }

    private static boolean isSame(OperationToken token, OperationToken other) {
        return token.operation() == other.operation();
    }

    /** Returns whether this is at that version, stored by that write. */
    boolean isAt(SessionVersion known, @Nullable OperationToken write) {
        return version.equals(known) && (write == null || writes.get(0).equals(write));
    }

    /** Returns whether this is the very session that a start with these ids is about, and nothing was done with it since. */
    boolean isStartOf(List<String> ids) {
        // Only a start that is sent twice can meet its new id; if that session was finished and resumed since, the
        // start is over.
        return version.version() == 1 && (id().equals(ids.get(0)) ? !transitioned : ids.contains(id()));
    }

    /** Returns whether this is what an update of {@code expected} stores, by the same or an earlier attempt. */
    boolean isUpdateOf(SessionVersion expected, OperationToken token) {
        return version.equals(expected.next()) && token.repeats(writes.get(0));
    }

    /**
     * Returns whether that update was done, also if others wrote since. Then only this very attempt counts: an earlier one may
     * have had other data.
     */
    boolean hadUpdateOf(SessionVersion expected, OperationToken token) {
        long since = version.version() - expected.next().version();
        return isUpdateOf(expected, token)
                || id().equals(expected.id())
                        && since >= 0
                        && since < writes.size()
                        && writes.get((int) since).equals(token);
    }

    /** Returns whether a later attempt of the same operation stored this. */
    boolean isLaterThan(OperationToken token) {
        OperationToken latest = writes.get(0);
        return latest.repeats(token) && !latest.equals(token);
    }

    /** Returns the reply of this session's start, if it does not run any more: when it was due then is forgotten. */
    StoreReply formerStartReply() {
        return new StoreReply.Started(new SessionVersion(id(), 1), startedAt, StoredSession.UNKNOWN);
    }

    /** Returns the reply of this session's start. */
    StoreReply startReply() {
        return new StoreReply.Started(new SessionVersion(id(), 1), startedAt, deadline.at());
    }
}
