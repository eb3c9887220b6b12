package io.sessiontracker.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.memory.SettableClock;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The row of a session that is in no index, until a sweep removes it. */
class UnindexedRowTest {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Lifetimes UNINDEXED = new Lifetimes(0, 0, LIFE.toMillis(), 0).withQueryable(false);
    private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");
    private static final Set<String> INDEXES = Set.of(
            "running_group",
            "running_deadline",
            "indexed_values",
            "finished_group",
            "finished_deadline",
            "claim_at",
            "reminder_at");

    private final SettableClock clock = new SettableClock(BEGINNING);
    private final String namespace = ClockedDatabase.newNamespace();
    private final SessionAddress address = new SessionAddress("checkout", "key");
    private final OperationToken token = OperationToken.random();
    private final SessionVersion first = new SessionVersion(token.newSessionId(), 1);

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void shouldBeRemovedByASweepOnceItIsDue(TestDatabase kind) {
        ClockedDatabase database = new ClockedDatabase(kind);
        database.set(clock);
        SessionDataProvider store = database.provider(namespace);
        join(store.start(address, List.of(first.id()), data(), UNINDEXED, token, false));
        assertInNoIndex(kind, BEGINNING.plus(LIFE));

        // A touch leaves the moment as it is, and the sweep that comes upon it corrects it.
        advance(database, LIFE.dividedBy(2));
        join(store.touch(address, UNINDEXED));
        join(store.update(address, first, data(), OperationToken.random()));
        advance(database, LIFE.dividedBy(2));
        join(store.sweep(SessionSweep.repair("checkout", 0)));
        assertThat(join(store.get(address, false))).isInstanceOf(StoreReply.Done.class);
        assertInNoIndex(kind, BEGINNING.plus(LIFE).plus(LIFE.dividedBy(2)));

        advance(database, LIFE);
        assertThat(join(store.get(address, false))).isInstanceOf(StoreReply.NotFound.class);
        join(store.sweep(SessionSweep.repair("checkout", 0)));
        database.assertEmpty(namespace);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void shouldBeRemovedByASweepOnceItIsFinishedAndDue(TestDatabase kind) {
        ClockedDatabase database = new ClockedDatabase(kind);
        database.set(clock);
        SessionDataProvider store = database.provider(namespace);
        join(store.start(address, List.of(first.id()), data(), UNINDEXED, token, false));
        join(store.finish(address, null, UNINDEXED, OperationToken.random(), false));
        advance(database, LIFE.dividedBy(2));
        join(store.getFinished(address));
        assertInNoIndex(kind, BEGINNING.plus(LIFE));

        advance(database, LIFE.multipliedBy(2));
        join(store.sweep(SessionSweep.repair("checkout", 0)));
        database.assertEmpty(namespace);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB"})
    void shouldBeFoundByItsReminders(TestDatabase kind) {
        ClockedDatabase database = new ClockedDatabase(kind);
        database.set(clock);
        SessionDataProvider store = database.provider(namespace);
        ReminderChange change = ReminderChange.beforeExpiry("soon", LIFE.toMillis() / 4);
        SessionData reminding = new SessionData(Map.of(), Set.of(), List.of(change), new byte[1]);
        join(store.start(address, List.of(first.id()), reminding, UNINDEXED, token, false));
        SessionSweep claim = SessionSweep.claimReminders("checkout", 1, 1);

        advance(database, LIFE.dividedBy(2));
        join(store.touch(address, UNINDEXED));
        advance(database, LIFE.dividedBy(2));
        assertThat(join(store.sweep(claim)).claimed()).as("the touch moved it").isEmpty();
        advance(database, LIFE.dividedBy(4));
        assertThat(join(store.sweep(claim)).claimed()).singleElement().matches(each -> each.dueAt() == clock.millis());
        advance(database, LIFE.dividedBy(4));
        assertThat(join(store.sweep(claim)).claimed()).as("the session is due").isEmpty();
        database.assertEmpty(namespace);
    }

    private void advance(ClockedDatabase database, Duration by) {
        clock.advance(by);
        database.set(clock);
    }

    private void assertInNoIndex(TestDatabase kind, Instant cleanUp) {
        Map<String, @Nullable Object> row = new HashMap<>();
        JdbcClient.create(kind.database().dataSource())
                .sql("SELECT * FROM " + kind.database().table("SESSION") + " WHERE namespace = ?")
                .params(namespace)
                .query()
                .singleRow()
                .forEach((column, value) -> row.put(column.toLowerCase(Locale.ROOT), value));
        INDEXES.forEach(column -> assertThat(row.get(column)).as(column).isNull());
        assertThat(((Number) Objects.requireNonNull(row.get("clean_up_at"))).longValue())
                .isEqualTo(cleanUp.toEpochMilli());
    }

    private static SessionData data() {
        return new SessionData(Map.of("tenant", "a"), new byte[] {1});
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
