package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.dynamodb.FaultyDynamoDb.Fault;
import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Locks over a connection that throttles, fails and loses replies; another provider sees what is left. */
class LockFaultTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String PUT = "PutItem";
    private static final String GET = "GetItem";
    private static final String UPDATE = "UpdateItem";

    private final FaultyDynamoDb faulty = new FaultyDynamoDb();
    private final String namespace = "faults:" + UUID.randomUUID();
    private final DynamoDbSessionLockProvider provider =
            new DynamoDbSessionLockProvider(faulty.table(LocalDynamoDb.table()), namespace);
    private final DynamoDbSessionLockProvider other = new DynamoDbSessionLockProvider(LocalDynamoDb.table(), namespace);
    private final SessionAddress address = new SessionAddress("checkout", "key");

    @AfterEach
    void close() {
        provider.close();
        other.close();
        faulty.close();
    }

    @Test
    void shouldLockAndReleaseWithTwoRequests() {
        release(held(lock(provider)));

        assertThat(faulty.requests()).containsOnly(entry(PUT, 1), entry(UPDATE, 1));
    }

    @Test
    void shouldOnlyReadWhileItWaits() {
        HeldLock held = held(lock(other));
        CompletableFuture<LockReply> waiter = lock(provider, MINUTE);
        await().until(() -> faulty.requests(GET) > 3);
        assertThat(faulty.requests(PUT)).isEqualTo(1);
        release(held);

        release(held(waiter));
        assertThat(faulty.requests()).containsOnlyKeys(PUT, GET, UPDATE);
    }

    @Test
    void shouldHoldTheLockWhoseReplyWasLost() {
        faulty.next(PUT, Fault.LOST_REPLY);
        HeldLock held = held(lock(provider));

        assertThat(faulty.requests(PUT)).isEqualTo(2);
        assertThat(seenByOther().holder()).isEqualTo(held.id());
        release(held);
        assertThat(seenByOther()).isEqualTo(LockState.FREE);
    }

    @Test
    void shouldReleaseALockThatItCannotKnowItHas() {
        faulty.otherwise(operation -> operation.equals(PUT) ? Fault.LOST_REPLY : Fault.NONE);

        assertFails(lock(provider), "Locking checkout/key failed in DynamoDB: ");
        awaitFree();
    }

    @Test
    void shouldReleaseALockWhoseRequestArrivesLate() throws Exception {
        HeldLock first = held(lock(other));
        FaultyDynamoDb.LateRequest late = faulty.late(PUT);
        assertThat(join(lock(provider)).status()).isEqualTo(LockStatus.CONFLICTED);
        release(first);

        assertThat(late.arrive()).isEqualTo(200);
        awaitFree();
    }

    @Test
    void shouldNotReleaseAnothersLockWhenItWasRefusedTwice() {
        HeldLock held = held(lock(other));
        faulty.next(PUT, Fault.LOST_REPLY);

        assertThat(join(lock(provider)).status()).isEqualTo(LockStatus.CONFLICTED);
        await().until(() -> faulty.requests(UPDATE) >= 2);
        assertThat(seenByOther().holder()).isEqualTo(held.id());
    }

    @Test
    void shouldLockWhereDynamoDbThrottlesOrFailsAtFirst() {
        faulty.next(PUT, Fault.THROTTLED, Fault.FAILED, Fault.LOST_REQUEST);

        release(held(lock(provider)));
    }

    @Test
    void shouldReleaseDespiteALostReply() {
        HeldLock held = held(lock(provider));
        faulty.next(UPDATE, Fault.LOST_REPLY);
        release(held);

        assertThat(faulty.requests(UPDATE)).isEqualTo(2);
        assertThat(seenByOther()).isEqualTo(LockState.FREE);
    }

    @Test
    void shouldReleaseLaterWhatItCannotReleaseNow() {
        HeldLock held = held(lock(provider));
        faulty.otherwise(operation -> Fault.FAILED);
        assertFails(held.release().toCompletableFuture(), "Releasing the lock of checkout/key failed in DynamoDB: ");
        assertThat(seenByOther().holder()).isEqualTo(held.id());
        faulty.otherwise(operation -> Fault.NONE);

        awaitFree();
    }

    @Test
    void shouldExtendDespiteALostReply() {
        HeldLock held = held(lock(provider));
        faulty.next(PUT, Fault.LOST_REPLY);

        assertThat(join(held.extend(HOUR.multipliedBy(2)))).isTrue();
        assertThat(seenByOther().leaseLeft()).isBetween(HOUR, HOUR.multipliedBy(2));
    }

    @Test
    void shouldReleaseALockThatWasGrantedAfterItsRequestWasCancelled() {
        CompletableFuture<Void> begin = faulty.hold(PUT);
        CompletableFuture<LockReply> request = lock(provider);
        await().until(() -> faulty.requests(PUT) == 1);
        request.cancel(true);
        begin.complete(null);

        await().until(() -> faulty.requests(UPDATE) == 1);
        awaitFree();
    }

    @Test
    void shouldReleaseWhatIsGrantedDuringClose() {
        CompletableFuture<Void> begin = faulty.hold(PUT);
        CompletableFuture<LockReply> request = lock(provider);
        await().until(() -> faulty.requests(PUT) == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(provider::close, OwnThread::run);
        assertFails(request, "Cannot lock checkout/key: the provider was closed");
        begin.complete(null);
        join(closing);

        assertThat(seenByOther()).isEqualTo(LockState.FREE);
        assertThat(faulty.requests(UPDATE)).isEqualTo(1);
    }

    @Test
    void shouldRequestFromAnInterruptedThread() {
        Thread.currentThread().interrupt();
        CompletableFuture<LockReply> request = lock(provider);

        assertThat(Thread.interrupted()).isTrue();
        held(request);
    }

    private static Map.Entry<String, Integer> entry(String operation, int count) {
        return Map.entry(operation, count);
    }

    private CompletableFuture<LockReply> lock(DynamoDbSessionLockProvider by) {
        return lock(by, Duration.ZERO);
    }

    private CompletableFuture<LockReply> lock(DynamoDbSessionLockProvider by, Duration wait) {
        return by.acquire(new LockRequest(address, HOUR, wait, Duration.ofMillis(20), false))
                .toCompletableFuture();
    }

    private static HeldLock held(CompletableFuture<LockReply> request) {
        assertThat(join(request)).isInstanceOf(LockReply.Acquired.class);
        return ((LockReply.Acquired) join(request)).lock();
    }

    private static void release(HeldLock lock) {
        join(lock.release());
    }

    private LockState seenByOther() {
        return join(other.lockState(address)).orElseThrow();
    }

    private void awaitFree() {
        await().atMost(MINUTE).until(() -> seenByOther().equals(LockState.FREE));
    }

    private static void assertFails(CompletableFuture<?> call, String message) {
        assertThatThrownBy(() -> join(call))
                .hasCauseInstanceOf(SessionStoreException.class)
                .cause()
                .hasMessageStartingWith(message);
    }

    private static <R> R join(CompletionStage<R> stage) {
        return stage.toCompletableFuture().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
