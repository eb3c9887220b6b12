package io.sessiontracker.jdbc;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyStateTransitions;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Starts under keys of which nothing is stored, each by one statement that commits itself. The state is what a start at the time 0
 * makes, and the statement adds the database's time to its moments. Where there is a row, or the database needs several statements,
 * the answer is null, nothing was done, and the call has to go the general way.
 */
final class FirstStarts {

    private final JdbcDatabase database;
    private final JdbcCalls calls;
    private final SessionRows rows;
    private final PropertyRows properties;
    private final Map<Shape, String> statements = new ConcurrentHashMap<>();

    /**
     * What a statement's text depends on.
     *
     * @param moments the columns to which the time is added
     * @param entries how many rows of indexed properties there are
     */
    private record Shape(Set<String> moments, int entries) {}

    FirstStarts(JdbcDatabase database, JdbcCalls calls, SessionRows rows, PropertyRows properties) {
        this.database = database;
        this.calls = calls;
        this.rows = rows;
        this.properties = properties;
    }

    @Nullable
    StoreReply start(
            SessionAddress address, List<String> ids, SessionData data, Lifetimes lifetimes, OperationToken token) {
        if (database.dialect().returning("", "") == null
                || !isShiftable(lifetimes)
                || !data.reminders().isEmpty()) {
            return null;
        }
        KeyState started = new KeyStateTransitions(KeyState.EMPTY, 0)
                .start(ids, data, lifetimes, token, false)
                .state();
        List<IndexEntry> entries = PropertyRows.sorted(IndexEntry.of(address, started));
        if (!entries.isEmpty() && !database.dialect().hasChangesInWith()) {
            return null;
        }
        List<Object> parameters = rows.parameters(
                address,
                SessionRows.rootValues(FastPaths.newRevision(), address, started)
                        .values());
        entries.forEach(entry -> parameters.addAll(properties.parameters(entry)));
        String sql = statements.computeIfAbsent(new Shape(moments(lifetimes), entries.size()), this::sql);
        SessionVersion version = new SessionVersion(ids.get(0), 1);
        return calls.changeAtOnce(
                        "Starting " + address,
                        client -> client.sql(sql)
                                .params(parameters)
                                .query((row, number) -> started(version, row.getLong(1), lifetimes))
                                .optional())
                .orElse(null);
    }

    private static StoreReply started(SessionVersion version, long startedAt, Lifetimes lifetimes) {
        return new StoreReply.Started(version, startedAt, lifetimes.deadline(startedAt));
    }

    /** Returns whether the deadline is so long after the start. A moment, if it is given instead, may have passed. */
    private static boolean isShiftable(Lifetimes lifetimes) {
        return lifetimes.absoluteAt() == 0
                && lifetimes.absolute() <= Durations.MAX_MILLIS
                && lifetimes.sliding() <= Durations.MAX_MILLIS
                && lifetimes.tolerance() <= Durations.MAX_MILLIS;
    }

    private static Set<String> moments(Lifetimes lifetimes) {
        Set<String> moments = new HashSet<>(Set.of("running_start", "touched_at"));
        if (lifetimes.absolute() > 0) {
            moments.add("absolute_at");
        }
        if (lifetimes.absolute() > 0 || lifetimes.sliding() > 0) {
            moments.add(lifetimes.queryable() ? "running_deadline" : "clean_up_at");
        }
        return moments;
    }

    private String sql(Shape shape) {
        SqlDialect dialect = database.dialect();
        List<String> values = SessionRows.ROOT.stream()
                .map(column -> shape.moments().contains(column) ? dialect.statementTime() + " + ?" : "?")
                .toList();
        String insert = dialect.returning(
                dialect.insertIfAbsent(database.table("SESSION"), SessionRows.KEY, SessionRows.ROOT, values),
                "running_start");
        return shape.entries() == 0
                ? String.valueOf(insert)
                : "WITH started AS (%s), entries AS (%s) SELECT running_start FROM started"
                        .formatted(insert, properties.insertFrom("started", "running_start", shape.entries()));
    }
}
