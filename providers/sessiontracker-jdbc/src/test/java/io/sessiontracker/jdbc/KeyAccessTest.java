package io.sessiontracker.jdbc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A call on a session finds its rows by their primary keys. On new tables, of which the database has no statistics, an index that other
 * columns of a condition serve looks as good, and would read all sessions of the type.
 */
class KeyAccessTest {

    private static final String PREFIX = "NEW_";
    private static final Lifetimes SLIDING = new Lifetimes(0, 0, 3_600_000, 3_600_000);

    private final SessionAddress address = new SessionAddress("order", "key");

    private static JdbcDatabase newTables(TestDatabase kind) throws IOException {
        JdbcDatabase real = kind.database();
        String script = new ClassPathResource(JdbcSchema.script(real.dialect().platform())).getContentAsString(UTF_8);
        byte[] prefixed = JdbcSchema.withPrefix(script, PREFIX).getBytes(UTF_8);
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ByteArrayResource(prefixed)), real.dataSource());
        return new JdbcDatabase(new ExplainedDataSource(real.dataSource()), real.dialect(), PREFIX);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void shouldFindASessionByItsKey(TestDatabase kind) throws IOException {
        JdbcDatabase database = newTables(kind);
        ExplainedDataSource explained = (ExplainedDataSource) database.dataSource();
        SessionDataProvider store = new JdbcSessionDataProvider(database, "shop");
        List<String> plans = new ArrayList<>();
        for (Set<String> indexed : List.of(Set.<String>of(), Set.of("tenant"))) {
            OperationToken token = OperationToken.random();
            SessionVersion version = new SessionVersion(token.newSessionId(), 1);
            List<Supplier<CompletionStage<StoreReply>>> calls = List.of(
                    () -> store.start(address, List.of(version.id()), data("a", indexed), SLIDING, token, false),
                    () -> store.get(address, true, SLIDING),
                    () -> store.getIfChanged(address, version, token, false),
                    () -> store.touch(address, SLIDING),
                    () -> store.update(address, version, data("a", indexed), OperationToken.random()),
                    () -> store.update(address, version.next(), data("b", indexed), OperationToken.random()),
                    () -> store.finish(address, null, SLIDING, OperationToken.random(), true),
                    () -> store.getFinished(address),
                    () -> store.resume(address, null, SLIDING, OperationToken.random(), true),
                    () -> store.delete(address, SessionStates.BOTH, null, OperationToken.random(), true));
            calls.forEach(call -> plans.addAll(explained.during(() -> assertThat(
                            call.get().toCompletableFuture().join())
                    .isInstanceOfAny(StoreReply.Started.class, StoreReply.Done.class, StoreReply.Unchanged.class))));
        }
        assertByKey(plans);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void shouldFindALockByItsKey(TestDatabase kind) throws IOException {
        JdbcDatabase database = newTables(kind);
        ExplainedDataSource explained = (ExplainedDataSource) database.dataSource();
        LockTable locks = new LockTable(database, "shop", JdbcCalls.own(database));
        LockTable.Key key = LockTable.Key.of(address);
        assertByKey(explained.during(() -> {
            assertThat(locks.take(key, "one", 60_000)).isPresent();
            assertThat(locks.take(key, "another", 60_000)).isEmpty();
            assertThat(locks.extend(key, "one", 60_000)).isTrue();
            locks.await(key);
            assertThat(locks.holder(key)).isPresent();
            assertThat(locks.release(key, "one")).isTrue();
        }));
    }

    private static SessionData data(String tenant, Set<String> indexed) {
        return new SessionData(Map.of("tenant", tenant), indexed, new byte[100]);
    }

    /** Each line that names an access: PostgreSQL's scans, and the tables that MariaDB reads. */
    private static void assertByKey(List<String> plans) {
        assertThat(plans)
                .filteredOn(line -> line.contains("Scan") || line.contains("SIMPLE"))
                .filteredOn(line -> !line.contains("SIMPLE | null"))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line).containsAnyOf("_pkey", "CTE Scan", "Subquery Scan", " | PRIMARY | "));
    }
}
