package io.sessiontracker.jdbc;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * The common changes of a running session, each by one statement that commits itself. A statement changes the row only where
 * {@link io.sessiontracker.spi.state.KeyStateTransitions} make the same of it. Else the answer is null, nothing was done, and the
 * call has to go the general way.
 */
final class FastPaths {

    private static final String IS_TO_BE_TOUCHED = "sliding > 0 AND {now} - touched_at > tolerance";
    private static final String IS_LIVE =
            "{now} < absolute_at AND (sliding = 0 OR {now} - touched_at - tolerance < sliding)";
    private static final String TOUCH = "UPDATE {table} SET revision = ?, touched_at = {now} WHERE {key} AND "
            + IS_TO_BE_TOUCHED + " AND " + IS_LIVE;

    private static final String UNCHANGED = "SELECT CASE WHEN " + IS_TO_BE_TOUCHED + " THEN 1 ELSE 0 END, "
            + RunningColumns.DEADLINE_PARTS + " FROM {table}"
            + " WHERE {key} AND running_id = ? AND running_version = ? AND write_1 = ? AND " + IS_LIVE;

    /**
     * Assigns the last write first: some databases evaluate an assignment after the ones before. The condition on the group has a form
     * that no index serves: PostgreSQL, before it has statistics of the table, takes the index by group for as good as that of the key.
     * A session without a group is in no index, so its row may have any properties that are not indexed.
     */
    private static final String UPDATE = """
            UPDATE {table} SET revision = ?, running_version = running_version + 1,
            write_4 = write_3, write_3 = write_2, write_2 = write_1, write_1 = ?,
            touched_at = CASE WHEN %s THEN {now} ELSE touched_at END, properties = ?, payload = ?
            WHERE {key} AND running_id = ? AND running_version = ? AND write_1 BETWEEN ? AND ? AND write_1 NOT BETWEEN ? AND ?
            AND COALESCE(running_group, '') = ? AND %%s AND %s""".formatted(IS_TO_BE_TOUCHED, IS_LIVE);

    private static final RowMapper<StoreReply> TOUCHED =
            (row, number) -> new StoreReply.Done(null, 0, RunningColumns.expiresAt(row, 1));
    private static final RowMapper<StoreReply> UPDATED =
            (row, number) -> new StoreReply.Done(null, row.getLong(1), RunningColumns.expiresAt(row, 2));

    private final JdbcDatabase database;
    private final JdbcCalls calls;
    private final SessionRows rows;
    private final String unchanged;
    private final @Nullable String get;
    private final @Nullable String touch;
    private final @Nullable String update;
    private final @Nullable String updateWithIndexed;

    FastPaths(JdbcDatabase database, JdbcCalls calls, SessionRows rows) {
        this.database = database;
        this.calls = calls;
        this.rows = rows;
        unchanged = complete(UNCHANGED);
        get = sql(TOUCH, Sql.each(RunningColumns.NAMES, column -> RunningColumns.expression(column, "")));
        touch = sql(TOUCH, RunningColumns.DEADLINE_PARTS);
        update = sql(UPDATE.formatted("indexed_values IS NULL"), "{now}, " + RunningColumns.DEADLINE_PARTS);
        updateWithIndexed = sql(UPDATE.formatted("indexed_values = ?"), "{now}, " + RunningColumns.DEADLINE_PARTS);
    }

    private @Nullable String sql(String change, String columns) {
        String query = database.dialect().returning(change, columns);
        return query == null ? null : complete(query);
    }

    private String complete(String statement) {
        return statement
                .replace("{table}", database.table("SESSION"))
                .replace("{key}", SessionRows.isKey())
                .replace("{now}", database.dialect().now());
    }

    /** Finds out whether the running session is that copy, without reading its data. */
    @Nullable
    StoreReply unchanged(SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        List<Object> parameters = rows.parameters(address, known.id(), known.version(), RunningColumns.write(write));
        return calls.read(
                        "Reading " + address,
                        client -> client.sql(unchanged)
                                .params(parameters)
                                .query((row, number) -> unchanged(row, touch))
                                .optional())
                .flatMap(Function.identity())
                .orElse(null);
    }

    /** Returns the reply, unless the session is to be touched. */
    private static Optional<StoreReply> unchanged(ResultSet row, boolean touch) throws SQLException {
        return touch && row.getInt(1) == 1
                ? Optional.empty()
                : Optional.of(new StoreReply.Unchanged(RunningColumns.expiresAt(row, 2)));
    }

    /** Reads and touches the running session, if it is to be touched. */
    @Nullable
    StoreReply get(SessionAddress address) {
        return change("Reading " + address, get, touchParameters(address), (row, number) -> read(address, row));
    }

    private static StoreReply read(SessionAddress address, ResultSet row) throws SQLException {
        try {
            return new StoreReply.Done(
                    Objects.requireNonNull(RunningColumns.read(row, 1)).session(), 0);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw StateQuery.unreadable(address, unreadable);
        }
    }

    /** Touches the running session, if it is to be touched. */
    @Nullable
    StoreReply touch(SessionAddress address) {
        return change("Touching " + address, touch, touchParameters(address), TOUCHED);
    }

    private List<Object> touchParameters(SessionAddress address) {
        List<Object> parameters = new ArrayList<>(List.of(newRevision()));
        parameters.addAll(rows.parameters(address));
        return parameters;
    }

    /** Updates the running session, if it is at that version, and its indexed properties stay the same. */
    @Nullable
    StoreReply update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        if (!data.reminders().isEmpty()) {
            return null;
        }
        Map<String, Object> values = RunningColumns.dataValues(data);
        boolean indexed = values.get("indexed_values") instanceof byte[];
        List<Object> parameters = new ArrayList<>();
        parameters.addAll(List.of(newRevision(), RunningColumns.write(token)));
        parameters.addAll(List.of(values.get("properties"), values.get("payload")));
        parameters.addAll(rows.parameters(address, expected.id(), expected.version()));
        parameters.add(write == null ? Long.MIN_VALUE : RunningColumns.write(write));
        parameters.add(write == null ? Long.MAX_VALUE : RunningColumns.write(write));
        parameters.addAll(List.of(RunningColumns.firstWrite(token), RunningColumns.lastWrite(token)));
        parameters.add(values.get("running_group"));
        if (indexed) {
            parameters.add(values.get("indexed_values"));
        }
        return change("Changing " + address, indexed ? updateWithIndexed : update, parameters, UPDATED);
    }

    private @Nullable StoreReply change(
            String what, @Nullable String sql, List<Object> parameters, RowMapper<StoreReply> reply) {
        if (sql == null) {
            return null;
        }
        return calls.changeAtOnce(
                        what,
                        client ->
                                client.sql(sql).params(parameters).query(reply).optional())
                .orElse(null);
    }

    static long newRevision() {
        return ThreadLocalRandom.current().nextLong(LoadedState.ABSENT + 1, Long.MAX_VALUE);
    }
}
