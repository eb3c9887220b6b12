package io.sessiontracker.benchmarks.measure;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts statements and commits while it is on; else it hands out the real connections. */
final class StatementCounter extends DelegatingDataSource {

    final AtomicLong statements = new AtomicLong();
    final AtomicLong commits = new AtomicLong();
    volatile boolean on;

    StatementCounter(DataSource real) {
        super(real);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return on ? counted(Connection.class, connection) : connection;
    }

    private <T> T counted(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    count(method);
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof PreparedStatement statement
                                ? counted(PreparedStatement.class, statement)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void count(Method method) {
        if (method.getName().startsWith("execute")) {
            statements.incrementAndGet();
        } else if (method.getName().equals("commit")) {
            commits.incrementAndGet();
        }
    }
}
