package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A data source that lets something else happen right before or after a statement. */
final class StatementHook extends DelegatingDataSource {

    private record Hook(String part, boolean before, Runnable task) {}

    private final AtomicReference<Hook> next = new AtomicReference<>();

    StatementHook(DataSource real) {
        super(real);
    }

    /** Runs the task once, before the next statement with that part is executed. */
    void before(String part, Runnable task) {
        next.set(new Hook(part, true, task));
    }

    /** Runs the task once, after the next statement with that part was executed. */
    void after(String part, Runnable task) {
        next.set(new Hook(part, false, task));
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return JdbcProxy.of(Connection.class, (method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            return result instanceof PreparedStatement statement ? hooked(statement, arguments[0].toString()) : result;
        });
    }

    private PreparedStatement hooked(PreparedStatement statement, String sql) {
        return JdbcProxy.of(PreparedStatement.class, (method, arguments) -> {
            Hook hook = next.get();
            if (hook == null
                    || !method.getName().startsWith("execute")
                    || !sql.contains(hook.part)
                    || !next.compareAndSet(hook, null)) {
                return method.invoke(statement, arguments);
            }
            if (hook.before) {
                hook.task.run();
            }
            Object result = method.invoke(statement, arguments);
            if (!hook.before) {
                hook.task.run();
            }
            return result;
        });
    }
}
