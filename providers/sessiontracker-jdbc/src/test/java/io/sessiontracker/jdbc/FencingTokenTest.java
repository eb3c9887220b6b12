package io.sessiontracker.jdbc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Fencing tokens when the database's clock is set, and the rows that remember them. */
class FencingTokenTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long START_MICROS = START.toEpochMilli() * 1_000;
    private static final LockTable.Key KEY = new LockTable.Key("checkout", "order-1");
    private static final long A_MINUTE = Duration.ofMinutes(1).toMillis();

    private final String namespace = ClockedDatabase.newNamespace();

    @ParameterizedTest
    @EnumSource
    void shouldGrantGreaterTokensWhenTheClockIsSetBack(TestDatabase kind) {
        ClockedDatabase database = at(kind, Duration.ZERO);
        LockTable locks = locks(database);
        assertThat(locks.take(KEY, "a", A_MINUTE)).hasValue(START_MICROS);
        assertThat(locks.release(KEY, "a")).isTrue();
        set(database, Duration.ofDays(-1));

        assertThat(locks.holder(KEY)).isEmpty();
        assertThat(locks.take(KEY, "b", A_MINUTE)).hasValue(START_MICROS + 1);
        assertThat(locks.take(KEY, "c", A_MINUTE)).isEmpty();
        set(database, Duration.ofDays(1));
        assertThat(locks.take(KEY, "c", A_MINUTE))
                .hasValue(START_MICROS + Duration.ofDays(1).toNanos() / 1_000);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGrantAGreaterTokenToAReplay(TestDatabase kind) {
        LockTable locks = locks(at(kind, Duration.ZERO));
        assertThat(locks.take(KEY, "a", A_MINUTE)).hasValue(START_MICROS);

        assertThat(locks.take(KEY, "a", A_MINUTE)).hasValue(START_MICROS + 1);
        assertThat(locks.take(KEY, "b", A_MINUTE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldGrantAGreaterTokenWhenTheRowIsLost(TestDatabase kind) {
        LockTable locks = new LockTable(kind.database(), namespace, JdbcCalls.own(kind.database()));
        OptionalLong first = locks.take(KEY, "a", A_MINUTE);
        deleteRows(kind);

        assertThat(locks.take(KEY, "b", A_MINUTE).orElseThrow()).isGreaterThan(first.orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheTokenForAnHour(TestDatabase kind) {
        ClockedDatabase database = at(kind, Duration.ZERO);
        LockTable locks = locks(database);
        locks.take(KEY, "a", A_MINUTE).orElseThrow();
        locks.release(KEY, "a");
        set(database, Duration.ofMinutes(59));
        locks.purge();
        assertThat(rows(kind)).isOne();
        set(database, Duration.ofMinutes(60));
        locks.purge();

        assertThat(rows(kind)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotAwaitTheNextHolderForWaitersOfTheLast(TestDatabase kind) {
        LockTable locks = locks(at(kind, Duration.ZERO));
        locks.take(KEY, "a", A_MINUTE).orElseThrow();
        locks.await(KEY);
        assertThat(locks.holder(KEY)).matches(held -> held.orElseThrow().isAwaited());
        locks.release(KEY, "a");
        locks.take(KEY, "b", A_MINUTE).orElseThrow();

        assertThat(locks.holder(KEY)).matches(held -> !held.orElseThrow().isAwaited());
    }

    private static ClockedDatabase at(TestDatabase kind, Duration sinceStart) {
        ClockedDatabase database = new ClockedDatabase(kind);
        set(database, sinceStart);
        return database;
    }

    private static void set(ClockedDatabase database, Duration sinceStart) {
        database.set(Clock.fixed(START.plus(sinceStart), ZoneOffset.UTC));
    }

    private LockTable locks(ClockedDatabase database) {
        return database.locks(namespace);
    }

    private void deleteRows(TestDatabase kind) {
        JdbcClient.create(kind.database().dataSource())
                .sql("DELETE FROM SESSION_TRACKER_LOCK WHERE namespace = ?")
                .param(namespace)
                .update();
    }

    private long rows(TestDatabase kind) {
        return JdbcClient.create(kind.database().dataSource())
                .sql("SELECT count(*) FROM SESSION_TRACKER_LOCK WHERE namespace = ?")
                .param(namespace)
                .query(Long.class)
                .single();
    }
}
