package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source that records the plan of each statement before it is executed. */
final class ExplainedDataSource extends DelegatingDataSource {

    private static final Pattern EXPLAINABLE = Pattern.compile("SELECT|INSERT|UPDATE|DELETE|WITH");

    private final List<String> plans = new CopyOnWriteArrayList<>();
    private final String explain;

    ExplainedDataSource(DataSource real) {
        this(real, "EXPLAIN ");
    }

    /** @param explain what asks for a plan, before the statement */
    ExplainedDataSource(DataSource real, String explain) {
        super(real);
        this.explain = explain;
    }

    /** Returns the lines of the plans of the statements that a call makes. */
    List<String> during(Runnable call) {
        plans.clear();
        call.run();
        return List.copyOf(plans);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return JdbcProxy.of(Connection.class, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement
                            && EXPLAINABLE.matcher(arguments[0].toString()).lookingAt()
                    ? explained(statement, connection.prepareStatement(explain + arguments[0]))
                    : result;
        });
    }

    private PreparedStatement explained(PreparedStatement statement, PreparedStatement explain) {
        return JdbcProxy.of(PreparedStatement.class, (method, arguments) -> {
            if (List.of("setObject", "setString", "setBytes", "setLong", "setInt", "setNull")
                    .contains(method.getName())) {
                method.invoke(explain, arguments);
            } else if (method.getName().startsWith("execute")) {
                record(explain);
            } else if (method.getName().equals("close")) {
                explain.close();
            }
            return method.invoke(statement, arguments);
        });
    }

    private void record(PreparedStatement explain) throws SQLException {
        try (ResultSet lines = explain.executeQuery()) {
            int columns = lines.getMetaData().getColumnCount();
            while (lines.next()) {
                StringJoiner line = new StringJoiner(" | ");
                for (int i = 1; i <= columns; i++) {
                    line.add(lines.getString(i));
                }
                plans.add(line.toString());
            }
        }
    }
}
