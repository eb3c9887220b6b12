package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.spi.SessionDataProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A database whose time is in a table. */
public final class ClockedDatabase {

    private static final AtomicInteger CLOCKS = new AtomicInteger();

    private final String clockTable;
    private final JdbcDatabase database;
    private final JdbcClient client;

    /** Creates the clock's table in that database, which is started if need be. */
    public ClockedDatabase(TestDatabase database) {
        JdbcDatabase real = database.database();
        this.clockTable = "test_clock_" + CLOCKS.incrementAndGet();
        this.database =
                new JdbcDatabase(real.dataSource(), new TableClock(real.dialect(), clockTable), real.tablePrefix());
        this.client = JdbcClient.create(real.dataSource());
        client.sql("CREATE TABLE %s (now BIGINT NOT NULL)".formatted(clockTable))
                .update();
        client.sql("INSERT INTO %s VALUES (0)".formatted(clockTable)).update();
    }

    /** Sets the time. */
    public void set(Clock clock) {
        client.sql("UPDATE %s SET now = ?".formatted(clockTable))
                .param(clock.millis())
                .update();
    }

    /** Returns a name that no other history has. */
    public static String newNamespace() {
        return "history:" + UUID.randomUUID();
    }

    /** Returns a store in that namespace. */
    public SessionDataProvider provider(String namespace) {
        return new JdbcSessionDataProvider(database, namespace);
    }

    /** Returns the locks in that namespace. */
    LockTable locks(String namespace) {
        return new LockTable(database, namespace, JdbcCalls.own(database));
    }

    /** Fails if anything is stored in that namespace. */
    public void assertEmpty(String namespace) {
        for (String table : List.of("SESSION", "FINISHED", "EXPIRED", "PROPERTY")) {
            assertThat(client.sql("SELECT count(*) FROM %s WHERE namespace = ?".formatted(database.table(table)))
                            .param(namespace)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    private record TableClock(SqlDialect delegate, String clock) implements SqlDialect {

        @Override
        public String platform() {
            return delegate.platform();
        }

        @Override
        public int maxPayload() {
            return delegate.maxPayload();
        }

        @Override
        public String now() {
            return "(SELECT now FROM %s)".formatted(clock);
        }

        @Override
        public String nowMicros() {
            return now() + " * 1000";
        }

        @Override
        public String statementTime() {
            return now();
        }

        @Override
        public @Nullable String returning(String change, String columns) {
            return delegate.returning(change, columns);
        }

        @Override
        public boolean hasChangesInWith() {
            return delegate.hasChangesInWith();
        }

        @Override
        public boolean readsClockWithRows() {
            return delegate.readsClockWithRows();
        }

        @Override
        public String insertIfAbsent(String table, List<String> keys, List<String> columns, List<String> values) {
            return delegate.insertIfAbsent(table, keys, columns, values);
        }

        @Override
        public boolean listsWholeKeys() {
            return delegate.listsWholeKeys();
        }

        @Override
        public @Nullable String insertOrChange(
                String table, List<String> columns, List<String> values, List<String> assignments, String answer) {
            return delegate.insertOrChange(table, columns, values, assignments, answer);
        }

        @Override
        public String upsert(String table, List<String> keys, List<String> columns) {
            return delegate.upsert(table, keys, columns);
        }

        @Override
        public boolean isConflict(SQLException error) {
            return delegate.isConflict(error);
        }
    }
}
