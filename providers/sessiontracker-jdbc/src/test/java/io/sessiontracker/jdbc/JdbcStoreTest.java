package io.sessiontracker.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a database adds to the contract: the caller's transactions, pools, lost replies, and rows that cannot be read. */
class JdbcStoreTest {

    private static final Lifetimes HOUR = new Lifetimes(3_600_000, 0, 0, 0);

    private final SessionAddress address = new SessionAddress("checkout", "key");
    private final String namespace = "store:" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldOutliveTheCallersTransaction(TestDatabase database) {
        SessionDataProvider store = new JdbcSessionDataProvider(database.database(), namespace);
        transaction(database.database().dataSource(), TransactionDefinition.ISOLATION_DEFAULT)
                .executeWithoutResult(status -> {
                    start(store);
                    status.setRollbackOnly();
                });

        assertThat(get(store)).isInstanceOf(StoreReply.Done.class);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldReadWhatIsCommittedWithinACallersSnapshot(TestDatabase database) {
        JdbcDatabase shared = database.database();
        SessionDataProvider store = new JdbcSessionDataProvider(shared, namespace);
        SessionVersion version = start(store);
        transaction(shared.dataSource(), TransactionDefinition.ISOLATION_REPEATABLE_READ)
                .executeWithoutResult(status -> {
                    JdbcClient.create(shared.dataSource())
                            .sql("SELECT count(*) FROM " + shared.table("SESSION"))
                            .query(Long.class)
                            .single();
                    update(store, version, new byte[] {2});

                    assertThat(((StoreReply.Done) get(store)).session().version())
                            .isEqualTo(version.next());
                });
    }

    @Test
    void shouldFailWhereThePoolIsExhausted() {
        TestDatabase.H2.database();
        try (HikariDataSource pool = TestDatabase.pool(TestDatabase.H2_URL, "sa", 1, 250)) {
            SessionDataProvider store =
                    new JdbcSessionDataProvider(new JdbcDatabase(pool, new H2Dialect(), "SESSION_TRACKER_"), namespace);

            transaction(pool, TransactionDefinition.ISOLATION_DEFAULT)
                    .executeWithoutResult(status -> assertThatThrownBy(() -> get(store))
                            .hasCauseInstanceOf(SessionStoreException.class)
                            .hasMessageContaining("Reading checkout/key failed"));
            assertThat(get(store)).isInstanceOf(StoreReply.NotFound.class);
        }
    }

    @Test
    void shouldFailWhereTheTableIsGone() {
        JdbcDatabase database = TestDatabase.H2.database();
        SessionDataProvider store = new JdbcSessionDataProvider(
                new JdbcDatabase(database.dataSource(), database.dialect(), "NONE_"), namespace);

        assertThatThrownBy(() -> start(store)).hasCauseInstanceOf(SessionStoreException.class);
    }

    @Test
    void shouldNameASessionThatCannotBeRead() {
        JdbcDatabase database = TestDatabase.H2.database();
        SessionDataProvider store = new JdbcSessionDataProvider(database, namespace);
        start(store);
        JdbcClient.create(database.dataSource())
                .sql("UPDATE SESSION_TRACKER_SESSION SET properties = ? WHERE namespace = ?")
                .params(new byte[] {9}, namespace)
                .update();

        assertThatThrownBy(() -> get(store))
                .hasCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("checkout/key is stored and cannot be read: format 9 is not known");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldRefuseNamesOfPropertiesThatWouldBeCut(TestDatabase database) {
        SessionDataProvider store = new JdbcSessionDataProvider(database.database(), namespace);
        List<String> names = Stream.of("a", "b", "c", "d", "e", "f")
                .map(letter -> letter.repeat(255))
                .toList();

        assertThatThrownBy(() -> startIndexed(store, Set.of("n".repeat(256))))
                .hasMessageContaining("at most 255 bytes");
        assertThatThrownBy(() -> startIndexed(store, Set.copyOf(names))).hasMessageContaining("at most 1000 bytes");
        assertThat(get(store)).isInstanceOf(StoreReply.NotFound.class);
    }

    private void startIndexed(SessionDataProvider store, Set<String> names) {
        Map<String, String> properties = names.stream().collect(Collectors.toMap(name -> name, name -> "value"));
        OperationToken token = OperationToken.random();
        store.start(
                        address,
                        List.of(token.newSessionId()),
                        new SessionData(properties, names, new byte[0]),
                        HOUR,
                        token,
                        false)
                .toCompletableFuture()
                .join();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldFailWhereItIsUnknownWhetherASwapWasDone(TestDatabase database) {
        AtomicBoolean losing = new AtomicBoolean(true);
        JdbcDatabase real = database.database();
        SessionDataProvider store = new JdbcSessionDataProvider(
                new JdbcDatabase(losingReplies(real.dataSource(), losing), real.dialect(), real.tablePrefix()),
                namespace);
        OperationToken token = OperationToken.random();
        List<String> ids = List.of(token.newSessionId());
        SessionData data = new SessionData(Map.of(), new byte[] {1});

        assertThatThrownBy(() -> store.start(address, ids, data, HOUR, token, false)
                        .toCompletableFuture()
                        .join())
                .hasCauseInstanceOf(SessionStoreException.class);
        losing.set(false);
        assertThat(store.start(address, ids, data, HOUR, token, false)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(StoreReply.Started.class);
    }

    /** The payload of a session that others replace is read whole, or as it is next. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void shouldReadALargePayloadWhileItIsReplaced(TestDatabase database) throws Exception {
        SessionDataProvider store = new JdbcSessionDataProvider(database.database(), namespace);
        start(store);
        Callable<Boolean> replace = () -> {
            for (int i = 0; i < 50; i++) {
                StoreReply.Done read = (StoreReply.Done) get(store);
                update(store, read.session().version(), new byte[20_000 + i]);
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                done.add(threads.submit(replace));
            }
            for (Future<Boolean> each : done) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Makes changes, and then reports that the connection was lost. */
    private static DataSource losingReplies(DataSource real, AtomicBoolean losing) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return JdbcProxy.of(Connection.class, (method, arguments) -> {
                    Object result = method.invoke(connection, arguments);
                    return result instanceof PreparedStatement statement
                                    && arguments[0].toString().contains("INSERT")
                            ? losingReplies(statement, losing)
                            : result;
                });
            }
        };
    }

    private static PreparedStatement losingReplies(PreparedStatement statement, AtomicBoolean losing) {
        return JdbcProxy.of(PreparedStatement.class, (method, arguments) -> {
            Object result = method.invoke(statement, arguments);
            if (method.getName().startsWith("execute") && losing.get()) {
                throw new SQLException("The connection was lost", "08006");
            }
            return result;
        });
    }

    private static TransactionTemplate transaction(DataSource dataSource, int isolation) {
        TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        template.setIsolationLevel(isolation);
        return template;
    }

    private SessionVersion start(SessionDataProvider store) {
        OperationToken token = OperationToken.random();
        StoreReply reply = store.start(
                        address,
                        List.of(token.newSessionId()),
                        new SessionData(Map.of(), new byte[] {1}),
                        HOUR,
                        token,
                        false)
                .toCompletableFuture()
                .join();
        return ((StoreReply.Started) reply).version();
    }

    private StoreReply get(SessionDataProvider store) {
        return store.get(address, false).toCompletableFuture().join();
    }

    private void update(SessionDataProvider store, SessionVersion version, byte[] payload) {
        store.update(address, version, new SessionData(Map.of(), payload), OperationToken.random())
                .toCompletableFuture()
                .join();
    }
}
