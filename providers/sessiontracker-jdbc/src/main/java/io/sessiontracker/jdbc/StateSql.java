package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of the queries that load keys. Those for a single key are kept: making one takes longer than sending it. */
final class StateSql {

    static final String FOR_UPDATE = " FOR UPDATE";

    private final JdbcDatabase database;
    private final Map<Shape, String> ofOneKey = new ConcurrentHashMap<>();

    /**
     * What a query loads.
     *
     * @param keys how many keys
     * @param finished whether the finished sessions' data, too
     * @param expired the data of how many expired sessions
     * @param locking whether it locks the rows for the transaction
     */
    record Shape(int keys, boolean finished, int expired, boolean locking) {}

    StateSql(JdbcDatabase database) {
        this.database = database;
    }

    /**
     * Returns a query whose parameters are the names of expired parts, then namespace, type and keys; or namespace, type and key of each
     * where the dialect lists whole keys.
     */
    String text(Shape shape) {
        return shape.keys() == 1 ? ofOneKey.computeIfAbsent(shape, this::newText) : newText(shape);
    }

    private String newText(Shape shape) {
        StringBuilder sql = new StringBuilder("SELECT %s, s.session_key, s.revision, s.headers, %s"
                .formatted(
                        database.dialect().now(),
                        Sql.each(RunningColumns.NAMES, column -> RunningColumns.expression(column, "s."))));
        sql.append(shape.finished() ? ", f.properties, f.payload" : "");
        sql.append(shape.expired() == 0 ? "" : ", e.part, e.properties, e.payload");
        sql.append(" FROM %s s".formatted(database.table("SESSION")));
        if (shape.finished()) {
            sql.append(join("FINISHED", "f"));
        }
        if (shape.expired() > 0) {
            sql.append(join("EXPIRED", "e"));
            sql.append(" AND e.part IN (%s)".formatted(String.join(", ", Sql.parameters(shape.expired()))));
        }
        sql.append(" WHERE ").append(isOneOf(shape.keys()));
        return sql.append(shape.locking() ? FOR_UPDATE : "").toString();
    }

    private String isOneOf(int keys) {
        String parameters = String.join(", ", Sql.parameters(keys));
        return database.dialect().listsWholeKeys()
                ? "(%s) IN (%s)"
                        .formatted(
                                Sql.each(SessionRows.KEY, column -> "s." + column),
                                parameters.replace("?", "(?, ?, ?)"))
                : "s.namespace = ? AND s.session_type = ? AND s.session_key IN (%s)".formatted(parameters);
    }

    private String join(String table, String alias) {
        List<String> same = SessionRows.KEY.stream()
                .map(column -> "%s.%s = s.%s".formatted(alias, column, column))
                .toList();
        return " LEFT JOIN %s %s ON %s".formatted(database.table(table), alias, String.join(" AND ", same));
    }
}
