package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Among thousands of sessions PostgreSQL finds the few that are asked for by its indexes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexUseTest {

    private static final int SESSIONS = 4_000;
    private static final Set<String> INDEXED = Set.of("tenant", "region");
    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);

    private final String namespace = "index:" + UUID.randomUUID();
    private final JdbcDatabase real = TestDatabase.POSTGRESQL.database();
    private final ExplainedDataSource explained = new ExplainedDataSource(real.dataSource());
    private final SessionDataProvider store =
            new JdbcSessionDataProvider(new JdbcDatabase(explained, real.dialect(), real.tablePrefix()), namespace);

    /** Copies a session of each type; SQL is faster than starting them. */
    @BeforeAll
    void fill() {
        start("order", "tenant-0", "eu");
        start("rare", "tenant-0", "eu");
        JdbcClient client = JdbcClient.create(real.dataSource());
        String columns = client.sql("SELECT string_agg(column_name, ', ') FROM information_schema.columns"
                        + " WHERE table_name = 'session_tracker_session' AND column_name <> 'session_key'")
                .query(String.class)
                .single();
        copy(client, "SESSION_TRACKER_SESSION", columns, "");
        copy(
                client,
                "SESSION_TRACKER_PROPERTY",
                "namespace, session_type, finished, property, bucket, started_at",
                ", property_value");
    }

    /** Each tenant and each region has a five-hundredth. */
    private void copy(JdbcClient client, String table, String columns, String value) {
        String number = "convert_to(convert_from(property, 'UTF8') || '-' || i % 500, 'UTF8')";
        client.sql("""
                        INSERT INTO %s (%s, session_key%s)
                        SELECT %s, convert_to('copy-' || i, 'UTF8')%s FROM %s, generate_series(1, %d) i
                        WHERE namespace = ? AND session_type = 'order'""".formatted(table, columns, value, columns, value.isEmpty() ? "" : ", " + number, table, SESSIONS))
                .params(namespace)
                .update();
        client.sql("ANALYZE " + table).update();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant is 'tenant-7'",
                "tenant in ['tenant-7', 'tenant-8'] and region ne 'region-7'",
                "tenant is 'tenant-7' and not region in ['region-7','region-8']",
                "tenant is 'tenant-7' or region is 'region-9'"
            })
    void shouldPageByProperty(String filter) {
        SessionScan scan = new SessionScan("order", false, null, 20, SessionFilter.parse(filter), INDEXED);

        assertIndexed(explained.during(
                () -> assertThat(join(store.scan(scan)).residual()).isNull()));
    }

    @Test
    void shouldPageThroughAll() {
        assertIndexed(explained.during(() -> join(store.scan(new SessionScan("order", false, null, 20)))));
    }

    @Test
    void shouldCountATypeAmongOthers() {
        assertIndexed(explained.during(
                () -> assertThat(join(store.count("rare", false))).isEqualTo(1)));
    }

    @Test
    void shouldFindWhatIsDue() {
        List<String> plans = explained.during(() -> join(store.sweep(SessionSweep.claim("order", 10, 1_000))));

        assertIndexed(plans);
        assertThat(plans)
                .anyMatch(line -> line.contains("Index Cond:") && line.contains("running_deadline <="))
                .noneMatch(line -> line.contains("Filter:"));
    }

    @Test
    void shouldFindDueReminders() {
        List<String> plans = explained.during(() -> join(store.sweep(SessionSweep.claimReminders("order", 10, 1_000))));

        assertIndexed(plans);
        assertThat(plans)
                .anyMatch(line -> line.contains("Index Cond:") && line.contains("reminder_at <="))
                .noneMatch(line -> line.contains("Filter:"));
    }

    private static void assertIndexed(List<String> plans) {
        assertThat(plans).isNotEmpty().noneMatch(line -> line.contains("Seq Scan"));
    }

    private void start(String type, String tenant, String region) {
        OperationToken token = OperationToken.random();
        SessionData data = new SessionData(Map.of("tenant", tenant, "region", region), INDEXED, new byte[100]);
        join(store.start(new SessionAddress(type, "key"), List.of(token.newSessionId()), data, HOUR, token, false));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
