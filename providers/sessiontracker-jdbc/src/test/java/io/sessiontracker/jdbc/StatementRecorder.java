package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source that records the first words of what is executed, and each commit and rollback. */
final class StatementRecorder extends DelegatingDataSource {

    private final List<String> recorded = new CopyOnWriteArrayList<>();
    private final boolean autoCommit;

    /** @param autoCommit whether connections commit each statement, or begin a transaction with it */
    StatementRecorder(DataSource real, boolean autoCommit) {
        super(real);
        this.autoCommit = autoCommit;
    }

    /** Returns what was executed during a call. */
    List<String> during(Runnable call) {
        recorded.clear();
        call.run();
        return List.copyOf(recorded);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setAutoCommit(autoCommit);
        return JdbcProxy.of(Connection.class, (method, arguments) -> {
            if (List.of("commit", "rollback").contains(method.getName())) {
                recorded.add(method.getName());
            }
            Object result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement
                    ? recorded(statement, arguments[0].toString())
                    : result;
        });
    }

    private PreparedStatement recorded(PreparedStatement statement, String sql) {
        return JdbcProxy.of(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                recorded.add(sql.substring(0, sql.indexOf(' ')));
            }
            return method.invoke(statement, arguments);
        });
    }
}
