package io.sessiontracker.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.state.KeyState;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateFormat;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Loads keys of a type with their parts in one statement, which is one snapshot. It has the time in each row, so another one asks
 * for it where there is none; a session with several expired parts has several rows.
 */
final class StateQuery {

    private final SqlDialect dialect;
    private final StateSql sql;
    private final String namespace;
    private final List<SessionAddress> addresses;
    private final boolean finished;
    private final List<String> expired;
    private final Map<String, Root> roots = new HashMap<>();
    private long now;

    private record Root(
            KeyState state,
            long revision,
            Map<Part, SessionData> parts,
            @Nullable SessionStoreException failure) {

        LoadedState at(long now) {
            return failure == null
                    ? new LoadedState(state.withParts(parts), revision, now)
                    : LoadedState.unreadable(failure, now);
        }
    }

    StateQuery(SqlDialect dialect, StateSql sql, String namespace, List<SessionAddress> addresses, Set<Part> parts) {
        this.dialect = dialect;
        this.sql = sql;
        this.namespace = namespace;
        this.addresses = addresses;
        this.finished = parts.contains(Part.FINISHED);
        this.expired = parts.isEmpty()
                ? List.of()
                : parts.stream()
                        .filter(part -> !part.equals(Part.FINISHED))
                        .map(Part::name)
                        .toList();
    }

    /** Returns the states in the order of the addresses. */
    List<LoadedState> run(JdbcClient client) {
        return run(client, false);
    }

    /** @param locking whether the rows are locked for the transaction */
    List<LoadedState> run(JdbcClient client, boolean locking) {
        String text = sql.text(new StateSql.Shape(addresses.size(), finished, expired.size(), locking));
        client.sql(text).params(parameters()).query(this::read);
        if (now == 0 || !dialect.readsClockWithRows()) {
            now = client.sql("SELECT " + dialect.now()).query(Long.class).single();
        }
        return addresses.stream()
                .map(address -> {
                    Root root = roots.get(address.key());
                    return root == null ? LoadedState.absent(now) : root.at(now);
                })
                .toList();
    }

    private List<Object> parameters() {
        List<Object> parameters = new ArrayList<>(expired);
        boolean wholeKeys = dialect.listsWholeKeys();
        for (SessionAddress address : addresses) {
            if (wholeKeys || address == addresses.get(0)) {
                parameters.addAll(List.of(namespace, address.type()));
            }
            parameters.add(SessionRows.bytes(address.key()));
        }
        return parameters;
    }

    private void read(ResultSet row) throws SQLException {
        int column = 1;
        now = Math.max(now, row.getLong(column++));
        String key = new String(row.getBytes(column++), StandardCharsets.UTF_8);
        try {
            Root root = roots.get(key);
            if (root == null) {
                root = new Root(
                        KeyStateFormat.readOthers(row.getBytes(column + 1), RunningColumns.read(row, column + 2)),
                        row.getLong(column),
                        new HashMap<>(),
                        null);
                roots.put(key, root);
            }
            column += 2 + RunningColumns.NAMES.size();
            if (finished) {
                readData(row, column, root.parts(), Part.FINISHED);
                column += 2;
            }
            String part = expired.isEmpty() ? null : row.getString(column);
            if (part != null) {
                readData(row, column + 1, root.parts(), new Part(part));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            SessionStoreException failure =
                    unreadable(new SessionAddress(addresses.get(0).type(), key), unreadable);
            roots.put(key, new Root(KeyState.EMPTY, LoadedState.ABSENT, new HashMap<>(), failure));
        }
    }

    private static void readData(ResultSet row, int column, Map<Part, SessionData> parts, Part part)
            throws SQLException, IOException {
        byte[] payload = row.getBytes(column + 1);
        if (payload != null) {
            parts.put(part, new SessionData(KeyStateFormat.readTexts(row.getBytes(column)), payload));
        }
    }

    static SessionStoreException unreadable(SessionAddress address, Exception reason) {
        return new SessionStoreException(
                "%s is stored and cannot be read: %s".formatted(address, reason.getMessage()), reason);
    }
}
