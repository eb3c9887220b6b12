package io.sessiontracker.history;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.jdbc.ClockedDatabase;
import io.sessiontracker.jdbc.TestDatabase;
import io.sessiontracker.spi.SessionDataProvider;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class JdbcHistoryTest {

    private static final Map<TestDatabase, ClockedDatabase> DATABASES = new ConcurrentHashMap<>();

    @AddLifecycleHook(Search.class)
    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoesOnH2(@ForAll("histories") List<Step> history) {
        History.run(history, clock -> empty(TestDatabase.H2, clock));
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoesOnPostgreSql(@ForAll("histories") List<Step> history) {
        History.run(history, clock -> empty(TestDatabase.POSTGRESQL, clock));
    }

    @AddLifecycleHook(MariaDbInstalled.class)
    @AddLifecycleHook(Search.class)
    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldAnswerAsTheModelDoesOnMariaDb(@ForAll("histories") List<Step> history) {
        History.run(history, clock -> empty(TestDatabase.MARIADB, clock));
    }

    @AddLifecycleHook(Search.class)
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE, afterFailure = AfterFailureMode.RANDOM_SEED)
    void shouldKeepAsManyExpiredSessionsAsTheModel(@ForAll("overflows") List<Step> history) {
        History.run(history, clock -> empty(TestDatabase.POSTGRESQL, clock));
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Histories.all();
    }

    @Provide
    Arbitrary<List<Step>> overflows() {
        return Histories.overflows();
    }

    private static HistoryStore empty(TestDatabase kind, Clock clock) {
        ClockedDatabase database = DATABASES.computeIfAbsent(kind, ClockedDatabase::new);
        String namespace = ClockedDatabase.newNamespace();
        database.set(clock);
        ClockedStore store = new ClockedStore(database.provider(namespace), () -> database.assertEmpty(namespace));
        return new HistoryStore() {
            @Override
            public SessionDataProvider provider() {
                return store.provider();
            }

            @Override
            public void clockMoved(Duration by) {
                database.set(clock);
            }

            @Override
            public void check(SessionModel model) {
                store.check(model);
            }

            @Override
            public void assertEmpty() {
                store.assertEmpty();
            }
        };
    }
}
