package io.sessiontracker.jdbc;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.state.Deadline;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.KeyStateFormat;
import io.sessiontracker.spi.state.SessionEntry;
import io.sessiontracker.spi.state.SessionEntry.Indexed;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * The running session in the columns of its key's row, all of them null where none runs. Columns rather than bytes, so that one
 * statement can compare them and compute the next ones.
 */
final class RunningColumns {

    private static final Map<String, Integer> TYPES = types();

    private static final String DEADLINE = "running_deadline";

    /** The columns, in the order in which they are read. */
    static final List<String> NAMES = List.copyOf(TYPES.keySet());

    /** What a deadline is computed from; the moment of its index entry does not count. */
    static final String DEADLINE_PARTS = "absolute_at, sliding, tolerance, touched_at, retention, 0";

    private static final int WRITES = 4;
    private static final int ATTEMPT_BITS = 8;
    private static final int LAST_ATTEMPT = (1 << ATTEMPT_BITS) - 1;

    private RunningColumns() {}

    private static Map<String, Integer> types() {
        Map<String, Integer> types = new LinkedHashMap<>();
        types.put("running_id", Types.VARCHAR);
        for (String number : List.of(
                "running_version",
                "running_start",
                "write_1",
                "write_2",
                "write_3",
                "write_4",
                "transitioned",
                "absolute_at",
                "sliding",
                "tolerance",
                "touched_at",
                "retention",
                DEADLINE)) {
            types.put(number, Types.BIGINT);
        }
        types.put("running_group", Types.VARCHAR);
        types.put("indexed_values", Types.VARBINARY);
        types.put("properties", Types.VARBINARY);
        types.put("payload", Types.VARBINARY);
        return types;
    }

    /** Returns the columns with their values, as parameters. */
    static Map<String, Object> values(@Nullable SessionEntry running) {
        Map<String, @Nullable Object> values = new HashMap<>();
        if (running != null) {
            SessionData data = Objects.requireNonNull(running.data(), "data");
            values.put("running_id", running.version().id());
            values.put("running_version", running.version().version());
            values.put("running_start", running.startedAt());
            for (int i = 0; i < running.writes().size(); i++) {
                values.put("write_" + (i + 1), write(running.writes().get(i)));
            }
            values.put("transitioned", running.transitioned() ? 1L : 0L);
            putDeadline(values, running.deadline(), running.isIndexed());
            putData(values, running.indexed(), data);
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        TYPES.forEach((column, type) -> parameters.put(column, parameter(type, values.get(column))));
        return parameters;
    }

    private static void putDeadline(Map<String, @Nullable Object> values, Deadline deadline, boolean isIndexed) {
        values.put("absolute_at", deadline.absolute());
        values.put("sliding", deadline.sliding());
        values.put("tolerance", deadline.tolerance());
        values.put("touched_at", deadline.touched());
        values.put("retention", deadline.retention());
        values.put(DEADLINE, isIndexed ? deadline.indexed() : null);
    }

    private static void putData(Map<String, @Nullable Object> values, @Nullable Indexed indexed, SessionData data) {
        Indexed stored = Objects.requireNonNullElse(indexed, Indexed.NONE);
        values.put("running_group", indexed == null ? null : IndexColumns.names(Group.ofNames(indexed.names())));
        values.put("indexed_values", KeyStateFormat.writeTexts(stored.values()));
        values.put("properties", properties(stored, data));
        values.put("payload", data.payload());
    }

    /** Returns the properties that are not indexed. */
    private static byte @Nullable [] properties(Indexed indexed, SessionData data) {
        Map<String, String> others = new HashMap<>(data.properties());
        others.keySet().removeAll(indexed.values().keySet());
        return KeyStateFormat.writeTexts(others);
    }

    /** Returns the columns of data that are to be stored, with their values. */
    static Map<String, Object> dataValues(SessionData data) {
        Map<String, @Nullable Object> values = new HashMap<>();
        putData(values, Indexed.of(data), data);
        Map<String, Object> parameters = new LinkedHashMap<>();
        values.forEach(
                (column, value) -> parameters.put(column, parameter(Objects.requireNonNull(TYPES.get(column)), value)));
        return parameters;
    }

    private static Object parameter(int type, @Nullable Object value) {
        return value == null ? new SqlParameterValue(type, null) : value;
    }

    /** Returns a token as a column has it. */
    static long write(OperationToken token) {
        return firstWrite(token) | token.attempt();
    }

    /** Returns the first token of an operation as a column has it. */
    static long firstWrite(OperationToken token) {
        return token.operation() << ATTEMPT_BITS;
    }

    /** Returns the last token of an operation; all of them are between the two. */
    static long lastWrite(OperationToken token) {
        return firstWrite(token) | LAST_ATTEMPT;
    }

    /**
     * Returns what is read of a column. A session that is in no index has no group and no deadline: these columns are indexed. When it
     * is to be cleaned up, at that moment or later, the column for that says.
     */
    static String expression(String column, String qualifier) {
        return column.equals(DEADLINE)
                ? "COALESCE(%1$s%2$s, %1$sclean_up_at, %3$d)".formatted(qualifier, DEADLINE, Long.MAX_VALUE)
                : qualifier + column;
    }

    /**
     * Reads the columns.
     *
     * @param column the number of the first one
     * @return null if none runs
     * @throws IOException if there are no bytes of a session in them
     */
    static @Nullable SessionEntry read(ResultSet row, int column) throws SQLException, IOException {
        String id = row.getString(column);
        if (id == null) {
            return null;
        }
        Reader reader = new Reader(row, column + 1);
        SessionVersion version = new SessionVersion(id, reader.number());
        long startedAt = reader.number();
        List<OperationToken> writes = reader.writes();
        boolean transitioned = reader.number() != 0;
        Deadline deadline = reader.deadline();
        String group = row.getString(reader.column++);
        Map<String, String> values = KeyStateFormat.readTexts(row.getBytes(reader.column++));
        Map<String, String> properties = KeyStateFormat.readTexts(row.getBytes(reader.column++));
        properties.putAll(values);
        byte[] payload = row.getBytes(reader.column);
        if (payload == null) {
            throw new IOException("the running session has no payload");
        }
        return new SessionEntry(
                version,
                startedAt,
                writes,
                transitioned,
                deadline,
                indexed(group, values),
                new SessionData(properties, payload));
    }

    /**
     * Returns when the session is due.
     *
     * @param column the number of the first of {@link #DEADLINE_PARTS}
     */
    static long expiresAt(ResultSet row, int column) throws SQLException {
        return new Reader(row, column).deadline().at();
    }

    private static @Nullable Indexed indexed(@Nullable String group, Map<String, String> values) {
        if (group == null) {
            return null;
        }
        return group.isEmpty() ? Indexed.NONE : new Indexed(new Group("", group).names(), values);
    }

    /** Reads numbers one after the other. */
    private static final class Reader {

        private final ResultSet row;
        private int column;

        Reader(ResultSet row, int column) {
            this.row = row;
            this.column = column;
        }

        long number() throws SQLException {
            return row.getLong(column++);
        }

        List<OperationToken> writes() throws SQLException {
            OperationToken[] writes = new OperationToken[WRITES];
            int count = 0;
            for (int i = 0; i < WRITES; i++) {
                long write = number();
                if (!row.wasNull()) {
                    writes[count++] = new OperationToken(write >>> ATTEMPT_BITS, (int) write & LAST_ATTEMPT);
                }
            }
            return List.of(Arrays.copyOf(writes, count));
        }

        /** The columns are in the order of the components. */
        Deadline deadline() throws SQLException {
            return new Deadline(number(), number(), number(), number(), number(), number());
        }
    }
}
