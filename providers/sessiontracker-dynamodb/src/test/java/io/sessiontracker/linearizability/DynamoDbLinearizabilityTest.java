package io.sessiontracker.linearizability;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.dynamodb.DynamoDbSessionDataProvider;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.dynamodb.FaultyDynamoDb;
import io.sessiontracker.dynamodb.FaultyDynamoDb.Fault;
import io.sessiontracker.dynamodb.LocalDynamoDb;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.process.WorkerProcess;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Trackers that remember what each of them saw, over connections that throttle, fail and lose requests and replies. */
class DynamoDbLinearizabilityTest {

    private static final int CLIENTS = 4;
    private static final int WORKERS = 3;
    private static final int CALLS = Integer.getInteger("sessiontracker.test.dynamodb.calls", 60);
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final String WRITTEN = "written: ";

    private final String namespace = "linear:" + UUID.randomUUID();

    @Test
    void shouldTakeEachCallAtOneMomentUnderFaults() {
        try (FaultyDynamoDb faulty = new FaultyDynamoDb()) {
            faulty.otherwise(Fault::sometimes);
            List<CompletableFuture<List<Operation>>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.supplyAsync(
                            () -> calls(faulty.table(LocalDynamoDb.table()), "client" + client), OwnThread::run))
                    .toList();
            List<Operation> operations =
                    clients.stream().flatMap(client -> client.join().stream()).toList();

            assertThat(History.byKey(operations))
                    .isNotEmpty()
                    .allSatisfy(history -> assertThat(history.violation())
                            .as(history::toString)
                            .isEmpty());
        }
    }

    private List<Operation> calls(DynamoDbTable table, String name) {
        try (ClosableSessionTracker tracker = tracker(table, namespace)) {
            long seed = ThreadLocalRandom.current().nextLong();
            return new JournalClient(tracker, name, seed)
                    .run(KEYS, CALLS, Duration.ofMinutes(2).toNanos());
        }
    }

    @Test
    void shouldKeepAcknowledgedWritesOfAKilledProcess() {
        try (ClosableSessionTracker tracker = tracker(LocalDynamoDb.table(), namespace)) {
            KEYS.forEach(key -> tracker.start(new Journal(key)).orElseThrow());
            List<String> written = new ArrayList<>();
            List<WorkerProcess> workers = IntStream.range(0, WORKERS)
                    .mapToObj(worker -> new WorkerProcess(
                            DynamoDbLinearizabilityTest.class,
                            List.of(
                                    LocalDynamoDb.endpoint().toString(),
                                    LocalDynamoDb.table().name(),
                                    namespace,
                                    "worker" + worker)))
                    .toList();
            for (WorkerProcess worker : workers) {
                IntStream.range(0, 20).forEach(i -> written.add(nextWritten(worker)));
                worker.close();
            }
            List<String> stored = KEYS.stream()
                    .flatMap(key -> tracker.peek(Journal.class, key).orElseThrow().tags.stream())
                    .toList();

            assertThat(stored).containsAll(written).doesNotHaveDuplicates();
        }
    }

    private static String nextWritten(WorkerProcess worker) {
        String line = worker.readLine();
        while (!line.startsWith(WRITTEN)) {
            line = worker.readLine();
        }
        return line.substring(WRITTEN.length());
    }

    /** Modifies sessions until it is killed. Arguments: the endpoint, the table, the namespace and a name. */
    public static void main(String[] args) {
        DynamoDbTable table =
                new DynamoDbTable(LocalDynamoDb.newClient(URI.create(args[0])), args[1], Duration.ofMinutes(1));
        ClosableSessionTracker tracker = tracker(table, args[2]);
        for (int i = 0; ; i++) {
            String tag = args[3] + "-" + i;
            String key = KEYS.get(i % KEYS.size());
            tracker.modify(Journal.class, key, journal -> journal.tagged(tag)).orElseThrow();
            System.out.println(WRITTEN + tag);
        }
    }

    private static ClosableSessionTracker tracker(DynamoDbTable table, String namespace) {
        SessionEntryOptions hour = SessionEntryOptions.absolute(Duration.ofHours(1));
        return new SessionTrackerBuilder(
                        new DynamoDbSessionDataProvider(table, namespace),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .settings(new SessionTrackerSettings(
                        new SessionTypeSettings(hour, null, hour, LockSettings.BUILT_IN), Map.of()))
                .build();
    }
}
