package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A row that cannot be read fails the calls on its key; it stays, and no other session is affected. */
class UnreadableRowTest {

    private static final long HOUR = 3_600_000;

    private final String namespace = "unreadable:" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldAnswerAPageWithoutIt(TestDatabase database) {
        SessionDataProvider store = storeWithADamagedRow(database, new Lifetimes(HOUR, 0, 0, 0));

        SessionScan.Reply page = join(store.scan(new SessionScan("checkout", false, null, 10, null, Set.of())));
        assertThat(page.sessions()).extracting(SessionScan.Item::key).containsExactlyInAnyOrder("a", "c");
        assertThat(page.unreadable()).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo("b");
            assertThat(each.cause()).hasMessageContaining("format 9 is not known");
        });
        assertThatThrownBy(() -> join(store.get(new SessionAddress("checkout", "b"), true)))
                .hasCauseInstanceOf(SessionStoreException.class);
        assertThat(rows(database)).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldDeliverTheOthers(TestDatabase database) {
        SessionDataProvider store = storeWithADamagedRow(database, new Lifetimes(1, 0, 0, HOUR));

        Awaitility.await().untilAsserted(() -> {
            SessionSweep.Reply claimed = join(store.sweep(SessionSweep.claim("checkout", 10, 1)));
            assertThat(claimed.claimed()).extracting(SessionSweep.Claimed::key).containsExactlyInAnyOrder("a", "c");
            assertThat(claimed.unreadable())
                    .extracting(SessionSweep.Unreadable::key)
                    .containsExactly("b");
        });
        assertThat(join(store.sweep(SessionSweep.claim("checkout", 10, HOUR))).unreadable())
                .as("counted, so that it is not reported for ever")
                .allMatch(each -> each.attempt() > 1)
                .hasSize(1);
        assertThat(rows(database)).isEqualTo(3);
    }

    private SessionDataProvider storeWithADamagedRow(TestDatabase database, Lifetimes lifetimes) {
        SessionDataProvider store = new JdbcSessionDataProvider(database.database(), namespace);
        for (String key : List.of("a", "b", "c")) {
            OperationToken token = OperationToken.random();
            join(store.start(
                    new SessionAddress("checkout", key),
                    List.of(token.newSessionId()),
                    new SessionData(Map.of(), new byte[] {1}),
                    lifetimes,
                    token,
                    false));
        }
        JdbcClient.create(database.database().dataSource())
                .sql("UPDATE SESSION_TRACKER_SESSION SET properties = ? WHERE namespace = ? AND session_key = ?")
                .params(new byte[] {9}, namespace, new byte[] {'b'})
                .update();
        return store;
    }

    private long rows(TestDatabase database) {
        return JdbcClient.create(database.database().dataSource())
                .sql("SELECT count(*) FROM SESSION_TRACKER_SESSION WHERE namespace = ?")
                .params(namespace)
                .query(Long.class)
                .single();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
