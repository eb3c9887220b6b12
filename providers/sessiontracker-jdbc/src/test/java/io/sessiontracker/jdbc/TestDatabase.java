package io.sessiontracker.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** One database of each kind in this JVM, with the tables; tests keep apart by their namespaces. */
public enum TestDatabase {
    H2 {
        @Override
        DataSource start() {
            return pool(H2_URL, "sa");
        }
    },
    POSTGRESQL {
        @Override
        DataSource start() throws IOException {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off")
                    .start();
            return pool(server.getJdbcUrl("postgres", "postgres"), "postgres");
        }
    };

    static final String H2_URL = "jdbc:h2:mem:sessions;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";

    private static final int CONNECTIONS = 40;

    private JdbcDatabase database;

    abstract DataSource start() throws IOException;

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
        if (database == null) {
            try {
                DataSource started = start();
                createTables(started, JdbcDatabase.DEFAULT_TABLE_PREFIX);
                database = JdbcDatabase.of(started);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return database;
    }

    private static void createTables(DataSource dataSource, String prefix) throws IOException {
        String platform = SqlDialect.of(dataSource).platform();
        Resource script = new ClassPathResource("schema-%s.sql".formatted(platform), JdbcDatabase.class);
        String sql = script.getContentAsString(StandardCharsets.UTF_8).replace("SESSION_TRACKER_", prefix);
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ByteArrayResource(sql.getBytes(StandardCharsets.UTF_8))), dataSource);
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
