package io.sessiontracker.race;

import java.time.Duration;
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
import io.sessiontracker.testing.RedisTopology;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** Three processes beside the test's own, over real servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MultiProcessRaceContract {

    private static final int PROCESSES = 3;
    private static final LockOptions PATIENT = LockOptions.waitFor(Duration.ofMinutes(2));

    private final String namespace = RedisTopology.newNamespace();
    private final TestNode.Locks locks;
    private final List<String> nodes;
    private List<Worker> workers = List.of();
    private TestNode site;

    MultiProcessRaceContract(RedisTopology topology, TestNode.Locks locks) {
        this.locks = locks;
        nodes = topology.servers().nodes().stream()
                .map(node -> node.getHost() + ":" + node.getPort())
                .toList();
    }

    @BeforeAll
    void begin() {
        workers = Stream.generate(() -> new Worker(nodes, namespace, locks))
                .limit(PROCESSES)
                .toList();
        site = new TestNode(nodes, namespace, locks);
    }

    @AfterAll
    void end() {
        workers.forEach(Worker::close);
        site.close();
    }

    @Test
    void aKeyThatAllStartShouldHaveOneWinner() {
        int keys = 200;
        String prefix = UUID.randomUUID().toString();

        List<Integer> winners = ofAll("start-all " + prefix + " " + keys).stream()
                .flatMap(answer -> Arrays.stream(answer.split(" ")))
                .filter(number -> !number.isEmpty())
                .map(Integer::valueOf)
                .toList();

        assertThat(winners)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, keys).boxed().toList());
    }

    @Test
    void aCountThatAllModifyShouldLoseNothingAndRefuseNobody() {
        String key = started();

        CompletableFuture<String> own = CompletableFuture.supplyAsync(() -> WorkerMain.modify(site, key, 32, 20));
        assertThat(ofAll("modify " + key + " 32 20")).containsOnly("done");
        assertThat(own.join()).isEqualTo("done");

        Tally tally = site.tracker.peek(Tally.class, key).orElseThrow();
        assertThat(tally.count).isEqualTo((PROCESSES + 1) * 32 * 20);
        assertThat(tally.getVersion()).isLessThan(1 + tally.count);
    }

    @Test
    void aContendedLockShouldNeverHaveTwoHolders() {
        String key = UUID.randomUUID().toString();

        assertThat(ofAll("raise-under-lock " + key + " 50")).containsOnly("done");

        assertThat(site.bare.opsForValue().get(key)).isEqualTo(Integer.toString(PROCESSES * 50));
    }

    @Test
    void theLockOfAKilledProcessShouldComeFree() {
        for (String hold : List.of("hold %s 10000", "hold-renewed %s")) {
            String key = started();
            try (Worker victim = new Worker(nodes, namespace, locks)) {
                assertThat(victim.ask(hold.formatted(key))).isEqualTo("held");
                assertThat(site.tracker.lock(Tally.class, key).failure())
                        .contains(new SessionError.LockNotAcquired("tally", key, LockStatus.CONFLICTED));

                victim.kill();

                try (var lock = site.tracker.lock(Tally.class, key, PATIENT).orElseThrow()) {
                    assertThat(lock.isAcquired()).isTrue();
                }
            }
        }
    }

    @Test
    void aProcessThatWasFrozenPastItsLeaseShouldNeitherWriteNorFreeAnothersLock() {
        String key = started();
        try (Worker frozen = new Worker(nodes, namespace, locks)) {
            assertThat(frozen.ask("hold " + key + " 1500")).isEqualTo("held");
            frozen.freeze();

            try (LockedSession<Tally> next =
                    site.tracker.getLocked(Tally.class, key, PATIENT).orElseThrow()) {
                next.session().count = 7;
                site.tracker.update(next.session()).orElseThrow();
                frozen.thaw();

                assertThat(frozen.ask("status")).isEqualTo("EXPIRED");
                assertThat(frozen.ask("write 99")).isEqualTo("VersionConflict");
                assertThat(frozen.ask("release")).isEqualTo("released");
                assertThat(frozen.ask("status")).isEqualTo("UNLOCKED");
                assertThat(next.lock().extend(Duration.ofMinutes(1))).isTrue();
                assertThat(site.tracker.lock(Tally.class, key).failure())
                        .contains(new SessionError.LockNotAcquired("tally", key, LockStatus.CONFLICTED));
            }
        }
        assertThat(site.tracker.peek(Tally.class, key).orElseThrow().count).isEqualTo(7);
    }

    private String started() {
        return site.tracker
                .start(new Tally(UUID.randomUUID().toString()))
                .orElseThrow()
                .getKey();
    }

    /** What all answer who begin at once. */
    private List<String> ofAll(String command) {
        workers.forEach(worker -> worker.tell(command));
        return workers.stream().map(Worker::answer).toList();
    }
}
