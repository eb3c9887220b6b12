package io.sessiontracker.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.state.SessionEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the rows of a key. The caller has begun a transaction, and changes the root before all else. */
final class SessionRows {

    static final List<String> KEY = List.of("namespace", "session_type", "session_key");

    private static final List<String> FINISHED = columns("properties", "payload");
    private static final List<String> EXPIRED_KEY = columns("part");
    private static final List<String> EXPIRED = columns("part", "properties", "payload");

    private final JdbcDatabase database;
    private final String namespace;

    SessionRows(JdbcDatabase database, String namespace) {
        this.database = database;
        this.namespace = namespace;
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
        List<Object> parameters = new ArrayList<>(List.of(namespace, address.type(), bytes(address.key())));
        parameters.addAll(List.of(others));
        return parameters;
    }

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** Replaces a root if it is at that revision, and answers whether it was. */
    boolean replaceRoot(JdbcClient client, SessionAddress address, long revision, KeyStateChanges changes) {
        String table = database.table("SESSION");
        if (changes.root().isEmpty()) {
            return update(
                    client,
                    "DELETE FROM %s WHERE %s AND revision = ?".formatted(table, isKey()),
                    parameters(address, revision));
        }
        Map<String, Object> values = values(changes);
        List<Object> parameters = new ArrayList<>();
        if (revision == LoadedState.ABSENT) {
            values.put("bucket", address.bucket());
            List<String> columns = columns(values.keySet().toArray(String[]::new));
            parameters.addAll(parameters(address));
            parameters.addAll(values.values());
            return update(
                    client,
                    database.dialect().insertIfAbsent(table, KEY, columns, Sql.parameters(columns.size())),
                    parameters);
        }
        parameters.addAll(values.values());
        parameters.addAll(parameters(address, revision));
        String assignments = Sql.each(values.keySet(), column -> column + " = ?");
        return update(
                client,
                "UPDATE %s SET %s WHERE %s AND revision = ?".formatted(table, assignments, isKey()),
                parameters);
    }

    private static Map<String, Object> values(KeyStateChanges changes) {
        KeyState root = changes.root();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("revision", changes.revision());
        values.put("root", StateOutput.root(root));
        values.put("payload", new SqlParameterValue(Types.VARBINARY, payload(root.running())));
        changes.removedEntries().forEach(entry -> putIndex(values, entry, null));
        changes.added().forEach(entry -> putIndex(values, entry, entry));
        return values;
    }

    /** Puts the columns of an index, with the values of an entry or without one. */
    private static void putIndex(Map<String, Object> values, IndexEntry old, @Nullable IndexEntry entry) {
        if (IndexColumns.isProperty(old.index())) {
            return;
        }
        IndexColumns columns = IndexColumns.of(old.index());
        columns.group()
                .forEach(column -> values.put(
                        column,
                        new SqlParameterValue(
                                Types.VARCHAR,
                                entry == null ? null : entry.group().value())));
        values.put(columns.moment(), new SqlParameterValue(Types.BIGINT, entry == null ? null : entry.at()));
    }

    private static byte @Nullable [] payload(@Nullable SessionEntry running) {
        SessionData data = running == null ? null : running.data();
        return data == null ? null : data.payload();
    }

    /** Writes and removes parts. */
    void replaceParts(JdbcClient client, SessionAddress address, KeyStateChanges changes) {
        changes.removed().forEach(part -> remove(client, address, part));
        changes.written().forEach((part, data) -> write(client, address, part, data));
    }

    private void write(JdbcClient client, SessionAddress address, Part part, SessionData data) {
        SqlDialect dialect = database.dialect();
        byte[] properties = StateOutput.properties(data);
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
