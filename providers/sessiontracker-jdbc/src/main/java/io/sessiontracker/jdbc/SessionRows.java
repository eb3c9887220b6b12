package io.sessiontracker.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateFormat;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rows of a key. The caller changes the root before all else, within a transaction if there is more to change. */
final class SessionRows {

    static final List<String> KEY = List.of("namespace", "session_type", "session_key");

    /** The indexes of which a row has an entry in columns besides those of the running session. */
    private static final List<Index> ALL_BUT_RUNNING =
            List.of(Index.FINISHED, Index.FINISHED_DEADLINE, Index.CLAIM, Index.REMINDER, Index.CLEAN_UP);

    /** The columns of a root's row, those of the key first. */
    static final List<String> ROOT = columns(rootValues(0, new SessionAddress("", "any"), KeyState.EMPTY)
            .keySet()
            .toArray(String[]::new));

    private static final List<String> FINISHED = columns("properties", "payload");
    private static final List<String> EXPIRED_KEY = columns("part");
    private static final List<String> EXPIRED = columns("part", "properties", "payload");

    private final JdbcDatabase database;
    private final String namespace;
    private final String insert;
    private final String replace;
    private final String delete;

    SessionRows(JdbcDatabase database, String namespace) {
        this.database = database;
        this.namespace = namespace;
        String table = database.table("SESSION");
        insert = database.dialect().insertIfAbsent(table, KEY, ROOT, Sql.parameters(ROOT.size()));
        replace = "UPDATE %s SET %s WHERE %s AND revision = ?"
                .formatted(table, Sql.each(Sql.without(ROOT, KEY), column -> column + " = ?"), isKey());
        delete = "DELETE FROM %s WHERE %s AND revision = ?".formatted(table, isKey());
    }

    /** Returns the columns of a table: those of the key first. */
    static List<String> columns(String... others) {
        List<String> columns = new ArrayList<>(KEY);
        columns.addAll(List.of(others));
        return List.copyOf(columns);
    }

    /** Returns the condition on the columns of the key. */
    static String isKey() {
        return String.join(" AND ", KEY.stream().map(column -> column + " = ?").toList());
    }

    /** Returns the parameters for the columns of the key, and then others. */
    List<Object> parameters(SessionAddress address, Object... others) {
        return parameters(address, List.of(others));
    }

    /** Returns the parameters for the columns of the key, and then others. */
    List<Object> parameters(SessionAddress address, Collection<?> others) {
        List<Object> parameters = new ArrayList<>(List.of(namespace, address.type(), bytes(address.key())));
        parameters.addAll(others);
        return parameters;
    }

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the columns of a root's row but the key, with their values as parameters. */
    static Map<String, Object> rootValues(long revision, SessionAddress address, KeyState root) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("revision", revision);
        values.put("bucket", address.bucket());
        values.putAll(RunningColumns.values(root.running()));
        for (Index index : ALL_BUT_RUNNING) {
            IndexColumns columns = IndexColumns.of(index);
            columns.group().forEach(column -> values.put(column, new SqlParameterValue(Types.VARCHAR, null)));
            values.put(columns.moment(), new SqlParameterValue(Types.BIGINT, null));
        }
        IndexEntry.of(address, root).stream()
                .filter(entry -> !IndexColumns.isProperty(entry.index()))
                .forEach(entry -> {
                    IndexColumns columns = IndexColumns.of(entry.index());
                    columns.group().forEach(column -> values.put(column, IndexColumns.names(entry.group())));
                    values.put(columns.moment(), entry.at());
                });
        values.put("headers", new SqlParameterValue(Types.VARBINARY, KeyStateFormat.writeOthers(root)));
        return values;
    }

    /** Replaces a root if it is at that revision, and answers whether it was. */
    boolean replaceRoot(JdbcClient client, SessionAddress address, long revision, KeyStateChanges changes) {
        if (changes.root().isEmpty()) {
            return update(client, delete, parameters(address, revision));
        }
        Collection<Object> values =
                rootValues(changes.revision(), address, changes.root()).values();
        if (revision == LoadedState.ABSENT) {
            return update(client, insert, parameters(address, values));
        }
        List<Object> parameters = new ArrayList<>(values);
        parameters.addAll(parameters(address, revision));
        return update(client, replace, parameters);
    }

    /** Writes and removes parts. */
    void replaceParts(JdbcClient client, SessionAddress address, KeyStateChanges changes) {
        changes.removed().forEach(part -> remove(client, address, part));
        changes.written().forEach((part, data) -> write(client, address, part, data));
    }

    private void write(JdbcClient client, SessionAddress address, Part part, SessionData data) {
        SqlDialect dialect = database.dialect();
        Object properties = new SqlParameterValue(Types.VARBINARY, KeyStateFormat.writeTexts(data.properties()));
        if (part.equals(Part.FINISHED)) {
            update(
                    client,
                    dialect.upsert(database.table("FINISHED"), KEY, FINISHED),
                    parameters(address, properties, data.payload()));
        } else {
            update(
                    client,
                    dialect.upsert(database.table("EXPIRED"), EXPIRED_KEY, EXPIRED),
                    parameters(address, part.name(), properties, data.payload()));
        }
    }

    private void remove(JdbcClient client, SessionAddress address, Part part) {
        if (part.equals(Part.FINISHED)) {
            update(
                    client,
                    "DELETE FROM %s WHERE %s".formatted(database.table("FINISHED"), isKey()),
                    parameters(address));
        } else {
            update(
                    client,
                    "DELETE FROM %s WHERE %s AND part = ?".formatted(database.table("EXPIRED"), isKey()),
                    parameters(address, part.name()));
        }
    }

    private static boolean update(JdbcClient client, String sql, List<Object> parameters) {
        return client.sql(sql).params(parameters).update() > 0;
    }
}
