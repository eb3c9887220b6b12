package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.filter.SessionFilter;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The statements of the common calls: one each, and no transaction. */
class FastPathTest {

    private static final long HOUR = 3_600_000;
    private static final Lifetimes TOLERANT = new Lifetimes(HOUR, 0, HOUR, 0, HOUR / 2);
    private static final Lifetimes EXACT = new Lifetimes(HOUR, 0, HOUR, 0);
    private static final SessionData PLAIN = new SessionData(Map.of("a", "b"), new byte[] {1});
    private static final SessionData INDEXED =
            new SessionData(Map.of("tenant", "acme", "a", "b"), Set.of("tenant"), new byte[] {1});

    private final SessionAddress address = new SessionAddress("checkout", "key");
    private final OperationToken token = OperationToken.random();
    private final SessionVersion first = new SessionVersion(token.newSessionId(), 1);

    @Test
    void shouldNeedOneStatementEachOnPostgreSql() {
        StatementRecorder statements = recorder(TestDatabase.POSTGRESQL, true);
        SessionDataProvider store = store(TestDatabase.POSTGRESQL, statements);

        assertThat(statements.during(() -> start(store, PLAIN, TOLERANT))).containsExactly("INSERT");
        assertThat(statements.during(() -> join(store.get(address, false)))).containsExactly("SELECT");
        assertThat(statements.during(() -> join(store.get(address, true, TOLERANT))))
                .containsExactly("SELECT");
        assertThat(statements.during(() -> join(store.touch(address, TOLERANT))))
                .containsExactly("SELECT");
        assertThat(statements.during(() -> update(store, first, PLAIN))).containsExactly("UPDATE");
        assertThat(stored(store).version()).isEqualTo(first.next());
    }

    @Test
    void shouldNeedOneStatementEachForWhatIsInNoIndex() {
        StatementRecorder statements = recorder(TestDatabase.POSTGRESQL, true);
        SessionDataProvider store = store(TestDatabase.POSTGRESQL, statements);

        assertThat(statements.during(() -> start(store, PLAIN, EXACT.withQueryable(false))))
                .containsExactly("INSERT");
        assertThat(statements.during(() -> update(store, first, PLAIN))).containsExactly("UPDATE");
        assertThat(stored(store).version()).isEqualTo(first.next());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldChangeRemindersOnlyWhereAWriteSaysSo(TestDatabase database) {
        SessionDataProvider store = store(database, recorder(database, true));
        start(store, reminding(ReminderChange.after("a", 1), ReminderChange.after("b", 1)), EXACT);
        update(store, first, PLAIN);
        update(store, first.next(), reminding(ReminderChange.cancellation("b"), ReminderChange.after("c", 1)));
        join(store.touch(address, EXACT));
        update(store, first.next().next(), PLAIN);

        awaitNextMillisecond(database);
        awaitNextMillisecond(database);
        assertThat(join(store.sweep(SessionSweep.claimReminders("checkout", 10, HOUR)))
                        .claimed())
                .extracting(SessionSweep.Claimed::reminder)
                .containsExactly("a", "c");
    }

    @Test
    void shouldUpdateByOneStatementWhereRemindersStay() {
        StatementRecorder statements = recorder(TestDatabase.POSTGRESQL, true);
        SessionDataProvider store = store(TestDatabase.POSTGRESQL, statements);
        start(store, reminding(ReminderChange.after("a", 1)), TOLERANT);

        assertThat(statements.during(() -> update(store, first, PLAIN))).containsExactly("UPDATE");
    }

    @Test
    void shouldTouchByOneStatementOnPostgreSql() {
        StatementRecorder statements = recorder(TestDatabase.POSTGRESQL, true);
        SessionDataProvider store = store(TestDatabase.POSTGRESQL, statements);
        start(store, PLAIN, EXACT);

        awaitNextMillisecond(TestDatabase.POSTGRESQL);
        assertThat(statements.during(() -> join(store.get(address, true, EXACT))))
                .containsExactly("UPDATE");
        awaitNextMillisecond(TestDatabase.POSTGRESQL);
        assertThat(statements.during(() -> join(store.touch(address, EXACT)))).containsExactly("UPDATE");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldCompareACopyByOneStatement(TestDatabase database) {
        StatementRecorder statements = recorder(database, true);
        SessionDataProvider store = store(database, statements);
        start(store, PLAIN, TOLERANT);

        assertThat(statements.during(() -> assertThat(join(store.getIfChanged(address, first, token, true)))
                        .isInstanceOf(StoreReply.Unchanged.class)))
                .containsExactly("SELECT");
    }

    @Test
    void shouldIndexByTheSameStatementOnPostgreSql() {
        StatementRecorder statements = recorder(TestDatabase.POSTGRESQL, true);
        SessionDataProvider store = store(TestDatabase.POSTGRESQL, statements);
        SessionData more = new SessionData(
                Map.of("tenant", "acme", "user", "ann", "a", "c"), Set.of("tenant", "user"), new byte[] {2});

        assertThat(statements.during(() -> start(store, INDEXED, EXACT))).containsExactly("WITH");
        assertThat(statements.during(() -> update(store, first, INDEXED))).containsExactly("UPDATE");
        assertThat(stored(store).data().properties()).isEqualTo(INDEXED.properties());
        assertThat(statements.during(() -> update(store, first.next(), more)))
                .startsWith("UPDATE", "SELECT", "UPDATE")
                .endsWith("commit");
        assertThat(stored(store).data().properties()).isEqualTo(more.properties());
        for (String property : List.of("tenant", "user")) {
            SessionScan scan = new SessionScan(
                    "checkout",
                    false,
                    null,
                    10,
                    SessionFilter.property(property).is(more.properties().get(property)),
                    Set.of(property));
            assertThat(join(store.scan(scan)).sessions()).hasSize(1);
        }
    }

    /** H2 says what time it is in a statement of its own. */
    @Test
    void shouldNeedAsFewStatementsOnH2() {
        StatementRecorder statements = recorder(TestDatabase.H2, true);
        SessionDataProvider store = store(TestDatabase.H2, statements);

        assertThat(statements.during(() -> start(store, PLAIN, EXACT))).containsExactly("SELECT");
        assertThat(statements.during(() -> join(store.get(address, false)))).containsExactly("SELECT", "SELECT");
        assertThat(statements.during(() -> update(store, first, PLAIN))).containsExactly("SELECT");
        awaitNextMillisecond(TestDatabase.H2);
        assertThat(statements.during(() -> join(store.get(address, true, EXACT))))
                .containsExactly("SELECT");
        assertThat(stored(store).version()).isEqualTo(first.next());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldCommitWhereThePoolDoesNot(TestDatabase database) {
        SessionDataProvider store = store(database, recorder(database, false));

        start(store, PLAIN, EXACT);
        update(store, first, PLAIN);
        awaitNextMillisecond(database);
        join(store.get(address, true, EXACT));

        assertThat(stored(store).version()).isEqualTo(first.next());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldNeitherReviveNorUpdateADueSession(TestDatabase database) {
        SessionDataProvider store = store(database, recorder(database, true));
        start(store, PLAIN, new Lifetimes(0, 0, 1, 0));

        long started = database.timeMillis();
        Awaitility.await().until(() -> database.timeMillis() > started + 2);

        assertThat(update(store, first, PLAIN)).isInstanceOf(StoreReply.NotFound.class);
        assertThat(join(store.get(address, true, new Lifetimes(0, 0, 1, 0)))).isInstanceOf(StoreReply.NotFound.class);
    }

    private static SessionData reminding(ReminderChange... changes) {
        return new SessionData(PLAIN.properties(), Set.of(), List.of(changes), PLAIN.payload());
    }

    private static StatementRecorder recorder(TestDatabase database, boolean autoCommit) {
        return new StatementRecorder(database.database().dataSource(), autoCommit);
    }

    private static SessionDataProvider store(TestDatabase database, StatementRecorder statements) {
        JdbcDatabase real = database.database();
        return new JdbcSessionDataProvider(
                new JdbcDatabase(statements, real.dialect(), real.tablePrefix()), "fast:" + UUID.randomUUID());
    }

    private static void awaitNextMillisecond(TestDatabase database) {
        long before = database.timeMillis();
        Awaitility.await().until(() -> database.timeMillis() > before);
    }

    private void start(SessionDataProvider store, SessionData data, Lifetimes lifetimes) {
        assertThat(join(store.start(address, List.of(first.id()), data, lifetimes, token, false)))
                .isInstanceOf(StoreReply.Started.class);
    }

    private StoreReply update(SessionDataProvider store, SessionVersion expected, SessionData data) {
        return join(store.update(address, expected, data, OperationToken.random()));
    }

    private StoredSession stored(SessionDataProvider store) {
        return ((StoreReply.Done) join(store.get(address, false))).session();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
