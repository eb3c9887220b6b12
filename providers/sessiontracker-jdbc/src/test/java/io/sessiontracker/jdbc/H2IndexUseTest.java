package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

import static org.assertj.core.api.Assertions.assertThat;

/** Among thousands of sessions H2 reads about as many rows as it returns; its plans say how many it read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class H2IndexUseTest {

    private static final int SESSIONS = 3_000;
    private static final int PAGE = 20;
    private static final Set<String> INDEXED = Set.of("tenant");
    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);
    private static final Pattern ROWS = Pattern.compile("scanCount: (\\d+)");

    private final String namespace = "index:" + UUID.randomUUID();
    private final JdbcDatabase real = TestDatabase.H2.database();
    private final ExplainedDataSource explained = new ExplainedDataSource(real.dataSource(), "EXPLAIN ANALYZE ");
    private final SessionDataProvider store =
            new JdbcSessionDataProvider(new JdbcDatabase(explained, real.dialect(), real.tablePrefix()), namespace);

    @BeforeAll
    void fill() {
        SessionDataProvider unexplained = new JdbcSessionDataProvider(real, namespace);
        for (int i = 0; i < SESSIONS; i++) {
            OperationToken token = OperationToken.random();
            SessionData data = new SessionData(Map.of("tenant", "tenant-" + i % 300), INDEXED, new byte[100]);
            join(unexplained.start(
                    new SessionAddress("order", "key-" + i), List.of(token.newSessionId()), data, HOUR, token, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant is 'tenant-7'", "tenant in ['tenant-7', 'tenant-8']"})
    void shouldPageByProperty(String filter) {
        SessionScan scan = new SessionScan("order", false, null, PAGE, SessionFilter.parse(filter), INDEXED);

        assertFewRowsRead(explained.during(() -> join(store.scan(scan))));
    }

    @Test
    void shouldPageThroughAll() {
        assertFewRowsRead(explained.during(() -> join(store.scan(new SessionScan("order", false, null, PAGE)))));
    }

    @Test
    void shouldFindWhatIsDue() {
        assertFewRowsRead(explained.during(() -> join(store.sweep(SessionSweep.claim("order", 10, 1_000)))));
    }

    @Test
    void shouldFindDueReminders() {
        assertFewRowsRead(explained.during(() -> join(store.sweep(SessionSweep.claimReminders("order", 10, 1_000)))));
    }

    private static void assertFewRowsRead(List<String> plans) {
        assertThat(plans).isNotEmpty().allSatisfy(plan -> {
            Matcher rows = ROWS.matcher(plan);
            while (rows.find()) {
                assertThat(Integer.parseInt(rows.group(1))).isLessThan(3 * PAGE);
            }
        });
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
