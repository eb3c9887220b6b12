package io.sessiontracker.jdbc;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * One database of each kind in this JVM, with the tables; tests keep apart by their namespaces. A test of MariaDB is skipped where
 * none is installed and {@code -Dsessiontracker.test.mariadb} names none.
 */
public enum TestDatabase {
    H2 {
        @Override
        DataSource start() {
            return pool(H2_URL, "sa");
        }
    },
    POSTGRESQL {
        @Override
        DataSource start() {
            return pool(PostgreSqlServer.recent());
        }
    },
    /** The oldest version that there are binaries of. */
    POSTGRESQL_OLDEST {
        @Override
        DataSource start() {
            return pool(PostgreSqlServer.oldest());
        }
    },
    MARIADB {
        @Override
        public boolean isInstalled() {
            return MariaDbServer.isInstalled();
        }

        @Override
        DataSource start() {
            return pool("docker".equals(MariaDbServer.SELECTED) ? new MariaDbContainer() : MariaDbServer.launch());
        }
    };

    static final String H2_URL = "jdbc:h2:mem:sessions;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";

    private static final int CONNECTIONS = 40;

    private JdbcDatabase database;

    abstract DataSource start();

    /** Returns whether there is such a database to test with. */
    public boolean isInstalled() {
        return true;
    }

    static DataSource pool(DatabaseServer server) {
        return pool(server.url(), server.user());
    }

    static DataSource pool(String url, String user) {
        return pool(url, user, CONNECTIONS, 60_000);
    }

    static HikariDataSource pool(String url, String user, int connections, long timeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(timeoutMillis);
        return new HikariDataSource(config);
    }

    /** Returns the one database of this kind with the default tables; starts it if need be. */
    public synchronized JdbcDatabase database() {
        assumeTrue(isInstalled(), "mariadbd is not installed, and -Dsessiontracker.test.mariadb names none");
        if (database == null) {
            DataSource started = start();
            createTables(started);
            database = JdbcDatabase.of(started);
        }
        return database;
    }

    static void createTables(DataSource dataSource) {
        String platform = SqlDialect.of(dataSource).platform();
        Resource script = new ClassPathResource("schema-%s.sql".formatted(platform), JdbcDatabase.class);
        DatabasePopulatorUtils.execute(new ResourceDatabasePopulator(script), dataSource);
    }

    /** Returns the database's time. */
    public long timeMillis() {
        JdbcDatabase started = database();
        return JdbcClient.create(started.dataSource())
                .sql("SELECT " + started.dialect().now())
                .query(Long.class)
                .single();
    }
}
