package io.sessiontracker.linearizability;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lettuce.core.cluster.SlotHash;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.testing.RedisServers;
import io.sessiontracker.testing.RedisTopology;
import io.sessiontracker.testing.Resharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.data.redis.connection.RedisNode;

/** While the slots of the sessions are moved from node to node, with all that is in them. See {@link FaultRun}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinearizabilityWhileReshardingTest {

    private static final int PROCESSES = 3;

    private final Random random = new Random(FaultRun.SEED);
    private final RedisServers cluster = RedisTopology.CLUSTER.launch();
    private final Resharding resharding = new Resharding(cluster);
    private List<ClientProcess> clients = List.of();
    private FaultRun run;

    @BeforeAll
    void open() {
        String namespace = RedisTopology.newNamespace();
        String addresses = cluster.nodes().stream().map(RedisNode::asString).collect(Collectors.joining(","));
        clients = Stream.of("p0c", "p1c", "p2c")
                .limit(PROCESSES)
                .map(name -> new ClientProcess(name, namespace, FaultScene.COMMAND_TIMEOUT, addresses))
                .toList();
        run = new FaultRun(clients);
    }

    @AfterAll
    void close() {
        clients.forEach(ClientProcess::close);
        resharding.close();
    }

    @Test
    void shouldBeLinearizable() {
        run.assertLinearizable("RESHARDING", () -> {
            String key = run.keys().get(random.nextInt(run.keys().size()));
            int slot = SlotHash.getSlot("{journal#" + new SessionAddress("journal", key).bucket() + "}");
            resharding.move(slot, random.nextInt(2));
        });
    }
}
