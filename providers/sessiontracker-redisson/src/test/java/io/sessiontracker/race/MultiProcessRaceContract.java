package io.sessiontracker.race;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockStatus;
import io.sessiontracker.LockedSession;
import io.sessiontracker.SessionError;
import io.sessiontracker.contract.OwnThread;
import io.sessiontracker.process.WorkerProcess;
import io.sessiontracker.testing.RedisServer;
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.redis.connection.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Three processes in addition to the test's own, on real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MultiProcessRaceContract {

    private static final int PROCESSES = 3;
    /** Longer than a busy machine stops a process. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private static final LockOptions WAITING = LockOptions.waitFor(Duration.ofMinutes(2));

    private final String namespace = RedisTopology.newNamespace();
    private final TestNode.Locks locks;
    private final List<String> nodes;
    private List<WorkerProcess> workers = List.of();
    private TestNode node;

    MultiProcessRaceContract(RedisTopology topology, TestNode.Locks locks) {
        this.locks = locks;
        nodes = topology.servers().nodes().stream()
                .map(node -> node.getHost() + ":" + node.getPort())
                .toList();
    }

    @BeforeAll
    void begin() {
        workers = Stream.generate(this::worker).limit(PROCESSES).toList();
        node = new TestNode(nodes, namespace, locks);
    }

    private WorkerProcess worker() {
        List<String> arguments = new ArrayList<>(List.of(namespace, locks.name()));
        arguments.addAll(nodes);
        return new WorkerProcess(WorkerMain.class, arguments);
    }

    @AfterAll
    void end() {
        workers.forEach(WorkerProcess::close);
        node.close();
    }

    @Test
    void shouldLetOneProcessWinEachStart() {
        int keys = 200;
        String prefix = UUID.randomUUID().toString();

        List<Integer> winners = askAll("start-all " + prefix + " " + keys).stream()
                .flatMap(answer -> Arrays.stream(answer.split(" ")))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();

        assertThat(winners)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, keys).boxed().toList());
    }

    @Test
    void shouldLoseNoConcurrentModify() {
        String key = started();

        CompletableFuture<String> own =
                CompletableFuture.supplyAsync(() -> WorkerMain.modify(node, key, 32, 20), OwnThread::run);
        assertThat(askAll("modify " + key + " 32 20")).containsOnly("done");
        assertThat(own.join()).isEqualTo("done");

        Tally tally = node.tracker.peek(Tally.class, key).orElseThrow();
        assertThat(tally.count).isEqualTo((PROCESSES + 1) * 32 * 20);
        assertThat(tally.getVersion()).isLessThan(1 + tally.count);
    }

    @Test
    void shouldNeverHaveTwoLockHolders() {
        String key = UUID.randomUUID().toString();

        assertThat(askAll("raise-under-lock " + key + " 50")).containsOnly("done");

        assertThat(node.template.opsForValue().get(key)).isEqualTo(Integer.toString(PROCESSES * 50));
    }

    @Test
    void shouldReleaseLockOfKilledProcess() {
        String leased = started();
        String renewed = started();
        try (WorkerProcess victim = worker()) {
            assertThat(victim.ask("hold " + leased + " " + LEASE.toMillis())).isEqualTo("held");
            assertThat(victim.ask("hold-renewed " + renewed)).isEqualTo("held");
            for (String key : List.of(leased, renewed)) {
                assertThat(node.tracker.lock(Tally.class, key).failure())
                        .contains(new SessionError.LockNotAcquired("tally", key, LockStatus.CONFLICTED));
            }
        }
        for (String key : List.of(leased, renewed)) {
            shortenLease(key);
            try (var lock = node.tracker.lock(Tally.class, key, WAITING).orElseThrow()) {
                assertThat(lock.isAcquired()).isTrue();
            }
        }
    }

    /** Moves the clock, as it were: what is left of a lease becomes a second. */
    private void shortenLease(String key) {
        List<Long> left = nodes.stream()
                .map(RedisNode::fromString)
                .flatMap(server -> RedisServer.<List<Long>>call(
                        server,
                        redis -> redis.keys("*:l*:" + key).stream()
                                .map(lock -> {
                                    long millis = redis.pttl(lock);
                                    redis.pexpire(lock, 1000);
                                    return millis;
                                })
                                .toList())
                        .stream())
                .toList();
        assertThat(left).singleElement().matches(millis -> millis > 0 && millis <= LEASE.toMillis());
    }

    @Test
    void shouldFenceOffProcessFrozenPastItsLease() {
        String key = started();
        WorkerProcess frozen = workers.get(0);
        try {
            assertThat(frozen.ask("hold " + key + " 1500")).isEqualTo("held");
            frozen.freeze();

            try (LockedSession<Tally> next =
                    node.tracker.getLocked(Tally.class, key, WAITING).orElseThrow()) {
                next.session().count = 7;
                node.tracker.update(next.session()).orElseThrow();
                frozen.thaw();

                assertThat(frozen.ask("status")).isEqualTo("EXPIRED");
                assertThat(frozen.ask("write 99")).isEqualTo("VersionConflict");
                assertThat(frozen.ask("release")).isEqualTo("released");
                assertThat(frozen.ask("status")).isEqualTo("UNLOCKED");
                assertThat(next.lock().extend(Duration.ofMinutes(1))).isTrue();
                assertThat(node.tracker.lock(Tally.class, key).failure())
                        .contains(new SessionError.LockNotAcquired("tally", key, LockStatus.CONFLICTED));
            }
        } finally {
            frozen.thaw();
        }
        assertThat(node.tracker.peek(Tally.class, key).orElseThrow().count).isEqualTo(7);
    }

    private String started() {
        return node.tracker
                .start(new Tally(UUID.randomUUID().toString()))
                .orElseThrow()
                .getKey();
    }

    private List<String> askAll(String command) {
        return WorkerProcess.askAll(workers, command);
    }
}
