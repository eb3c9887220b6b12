package io.sessiontracker.dynamodb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.sessiontracker.LockStatus;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Locks of a process that died, as other processes see them: each provider here is one. */
class AbandonedLockTest {

    private static final Duration LEASE = Duration.ofMillis(300);
    private static final Duration HOUR = Duration.ofHours(1);

    private final String namespace = "abandoned:" + UUID.randomUUID();
    private final SessionAddress address = new SessionAddress("checkout", "key");
    private final List<DynamoDbSessionLockProvider> providers = Stream.generate(
                    () -> new DynamoDbSessionLockProvider(LocalDynamoDb.table(), namespace))
            .limit(5)
            .toList();
    private final DynamoDbSessionLockProvider holder = providers.get(0);
    private final DynamoDbSessionLockProvider other = providers.get(1);
    private final List<DynamoDbSessionLockProvider> others = providers.subList(1, 5);

    @AfterEach
    void close() {
        providers.forEach(DynamoDbSessionLockProvider::close);
    }

    @Test
    void shouldBeTakenOverOnceItWasSeenForItsLease() {
        held(tryLock(holder, LEASE));
        pass(LEASE);

        assertConflicted(tryLock(other, HOUR));
        await().until(() -> tryLock(other, HOUR) instanceof LockReply.Acquired);
    }

    @Test
    void shouldShowAtMostTheWholeLease() {
        held(tryLock(holder, HOUR));

        assertConflicted(tryLock(other, HOUR));
        assertThat(seen(other).leaseLeft()).isBetween(Duration.ZERO, HOUR);
    }

    @Test
    void shouldBeTakenOverByAWaiter() {
        held(tryLock(holder, LEASE));

        held(join(lock(other, HOUR, Duration.ofMinutes(1))));
        assertConflicted(tryLock(holder, HOUR));
    }

    @Test
    void shouldBeTakenOverByOneOfMany() {
        held(tryLock(holder, LEASE));
        others.forEach(each -> assertConflicted(tryLock(each, HOUR)));
        pass(LEASE);
        List<CompletableFuture<LockReply>> replies =
                others.stream().map(each -> lock(each, HOUR, Duration.ZERO)).toList();

        assertThat(replies.stream().map(AbandonedLockTest::join).map(LockReply::status))
                .containsOnlyOnce(LockStatus.ACQUIRED);
    }

    @Test
    void shouldStayWithAHolderThatExtendsIt() {
        // On a machine that stalls for a lease the lock is lost rightly, and the next one is tried.
        await().until(() -> {
            HeldLock held = held(tryLock(holder, LEASE));
            assertConflicted(tryLock(other, HOUR));
            boolean extended = join(held.extend(HOUR).toCompletableFuture());
            if (extended) {
                pass(LEASE);
                assertConflicted(tryLock(other, HOUR));
                assertThat(seen(other).holder()).isEqualTo(held.id());
            }
            join(held.release().toCompletableFuture());
            return extended;
        });
    }

    @Test
    void shouldBeDeletedByDynamoDbADayLater() {
        held(tryLock(holder, HOUR));

        assertThat(deletedAt())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(24)), Instant.now().plus(Duration.ofHours(26)));
    }

    @Test
    void shouldLeaveItsTokenForADayWhenReleased() {
        HeldLock held = held(tryLock(holder, HOUR));
        join(held.release().toCompletableFuture());

        assertThat(item()).containsOnlyKeys("pk", "sk", "lock_token", "ttl");
        assertThat(item().get("lock_token").n()).isEqualTo(Long.toString(held.token()));
        assertThat(deletedAt())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(25)));
    }

    @Test
    void shouldGrantTokensAboveThoseOfAProcessWhoseClockIsAhead() {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(400));
        try (DynamoDbSessionLockProvider early = new DynamoDbSessionLockProvider(tableOf(ahead), namespace)) {
            HeldLock first = held(tryLock(early, HOUR));
            join(first.release().toCompletableFuture());
            HeldLock second = held(tryLock(other, LEASE));
            assertThat(second.token()).isEqualTo(first.token() + 1);
            HeldLock third = held(join(lock(holder, HOUR, Duration.ofMinutes(1))));

            assertThat(third.token()).isEqualTo(first.token() + 2);
        }
    }

    @Test
    void shouldGrantAGreaterTokenWhenTheItemIsLost() {
        HeldLock lost = held(tryLock(holder, HOUR));
        LocalDynamoDb.client()
                .deleteItem(delete ->
                        delete.tableName(LocalDynamoDb.table().name()).key(new ItemKeys(namespace).lock(address)))
                .join();

        assertThat(held(tryLock(other, HOUR)).token()).isGreaterThan(lost.token());
    }

    /** Returns the table as a machine with that clock sees it. */
    private static DynamoDbTable tableOf(Clock clock) {
        return new DynamoDbTable(
                LocalDynamoDb.client(),
                LocalDynamoDb.table().name(),
                new DynamoDbCalls(LocalDynamoDb.TIMEOUT, new ClockedTable.SetClock(clock)));
    }

    private Map<String, AttributeValue> item() {
        return LocalDynamoDb.client()
                .getItem(get -> get.tableName(LocalDynamoDb.table().name())
                        .key(new ItemKeys(namespace).lock(address))
                        .consistentRead(true))
                .join()
                .item();
    }

    private Instant deletedAt() {
        return Instant.ofEpochSecond(Long.parseLong(item().get("ttl").n()));
    }

    private LockReply tryLock(DynamoDbSessionLockProvider by, Duration lease) {
        return join(lock(by, lease, Duration.ZERO));
    }

    private CompletableFuture<LockReply> lock(DynamoDbSessionLockProvider by, Duration lease, Duration wait) {
        return by.acquire(new LockRequest(address, lease, wait, Duration.ofMillis(20), false))
                .toCompletableFuture();
    }

    private LockState seen(DynamoDbSessionLockProvider by) {
        return join(by.lockState(address).toCompletableFuture()).orElseThrow();
    }

    private static HeldLock held(LockReply reply) {
        assertThat(reply).isInstanceOf(LockReply.Acquired.class);
        return ((LockReply.Acquired) reply).lock();
    }

    private static void assertConflicted(LockReply reply) {
        assertThat(reply.status()).isEqualTo(LockStatus.CONFLICTED);
    }

    private static void pass(Duration time) {
        long from = System.nanoTime();
        await().until(() -> System.nanoTime() - from > time.toNanos());
    }

    private static <R> R join(CompletableFuture<R> call) {
        return call.orTimeout(1, TimeUnit.MINUTES).join();
    }
}
