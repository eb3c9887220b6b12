package io.sessiontracker.dynamodb;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.sessiontracker.dynamodb.FaultyDynamoDb.Fault;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes that compete for a lock, over connections that fail again and again. */
class LockRaceTest {

    private static final List<Fault> FAULTS =
            List.of(Fault.NONE, Fault.THROTTLED, Fault.FAILED, Fault.LOST_REQUEST, Fault.LOST_REPLY);

    private static final int PROCESSES = 4;
    private static final int LOCKS = 30;
    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "key");

    private final String namespace = "race:" + UUID.randomUUID();
    private final FaultyDynamoDb faulty = new FaultyDynamoDb();
    /** Retries once only, so that some calls fail. */
    private final DynamoDbAsyncClient client =
            faulty.newClient(configuration -> configuration.retryStrategy(retries -> retries.maxAttempts(2)));

    private final DynamoDbTable table =
            new DynamoDbTable(client, LocalDynamoDb.table().name(), LocalDynamoDb.TIMEOUT);
    private final List<DynamoDbSessionLockProvider> processes = Stream.generate(
                    () -> new DynamoDbSessionLockProvider(table, namespace))
            .limit(PROCESSES)
            .toList();
    private final DynamoDbSessionLockProvider observer =
            new DynamoDbSessionLockProvider(LocalDynamoDb.table(), namespace);
    private final AtomicInteger holders = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    @AfterEach
    void close() {
        processes.forEach(DynamoDbSessionLockProvider::close);
        observer.close();
        client.close();
        faulty.close();
    }

    @Test
    void shouldHaveOneHolderDespiteFaultsAndLeaveNoLock() throws Exception {
        faulty.otherwise(operation -> fault());
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);
        try {
            for (Future<Integer> most : threads.invokeAll(processes.stream()
                    .<Callable<Integer>>map(process -> () -> locks(process))
                    .toList())) {
                assertThat(most.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(failures).hasPositiveValue();
        faulty.otherwise(operation -> Fault.NONE);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> LockState.FREE.equals(
                        join(observer.lockState(ADDRESS).toCompletableFuture()).orElseThrow()));
    }

    private static Fault fault() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return random.nextInt(4) > 0 ? Fault.NONE : FAULTS.get(random.nextInt(FAULTS.size()));
    }

    /** Takes the lock again and again, and returns how many holders there were at most. */
    private int locks(DynamoDbSessionLockProvider process) {
        int most = 0;
        for (int locks = 0; locks < LOCKS; ) {
            try {
                LockReply reply = join(process.acquire(request()).toCompletableFuture());
                most = Math.max(most, holders.incrementAndGet());
                holders.decrementAndGet();
                locks++;
                join(((LockReply.Acquired) reply).lock().release().toCompletableFuture());
            } catch (CompletionException failed) {
                failures.incrementAndGet();
            }
        }
        return most;
    }

    private static LockRequest request() {
        return new LockRequest(ADDRESS, Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMillis(10), false);
    }

    private static <R> R join(CompletableFuture<R> call) {
        return call.orTimeout(5, TimeUnit.MINUTES).join();
    }
}
