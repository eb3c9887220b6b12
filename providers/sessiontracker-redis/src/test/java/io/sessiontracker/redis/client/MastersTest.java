package io.sessiontracker.redis.client;

import java.util.List;

import io.lettuce.core.RedisURI;
import io.sessiontracker.redis.client.Masters.NodeReply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What follows from what the masters say of themselves; that they say so is in the tests of announcements. */
class MastersTest {

    private static NodeReply reply(int port, String flags, String slots, String state, int epoch) {
        String self = "node-%d 127.0.0.1:%d@1%d myself,%s - 0 0 %d connected %s"
                .formatted(port, port, port, flags, port, slots);
        return new NodeReply(
                RedisURI.create("127.0.0.1", port),
                "other 127.0.0.1:1@2,myself.example master - 0 0 9 connected 1-2\n" + self + "\n",
                "cluster_state:%s\r\ncluster_current_epoch:%d\r\n".formatted(state, epoch));
    }

    private static NodeReply first(String slots) {
        return reply(7001, "master", slots, "ok", 4);
    }

    private static final NodeReply SECOND = reply(7002, "master", "8000-16383", "ok", 4);

    @Test
    void shouldHaveAllSlots() {
        Masters.Topology topology = Masters.topology(List.of(first("0-7999"), SECOND));

        assertThat(topology.epoch()).isEqualTo(4);
        assertThat(topology.masters()).extracting(Masters.Master::id).containsExactly("node-7001", "node-7002");
        assertThat(topology.masters().get(0).slots().cardinality()).isEqualTo(8000);
        assertThat(topology).isEqualTo(Masters.topology(List.of(first("0-5 6-7999"), SECOND)));
        assertThatThrownBy(() -> Masters.topology(List.of(first("0-7998"), SECOND)))
                .hasMessageContaining("do not have all slots");
    }

    /** Lettuce orders the nodes by how fast they answer. */
    @Test
    void shouldNotDependOnTheOrderOfTheNodes() {
        assertThat(Masters.topology(List.of(SECOND, first("0-7999"))))
                .isEqualTo(Masters.topology(List.of(first("0-7999"), SECOND)));
    }

    /** As a master whose last slot was moved just now. */
    @Test
    void shouldLeaveOutAMasterWithoutSlots() {
        NodeReply all = reply(7002, "master", "0-16383", "ok", 4);

        assertThat(Masters.topology(List.of(first(""), all)).masters())
                .extracting(Masters.Master::id)
                .containsExactly("node-7002");
    }

    @Test
    void shouldDifferOnceASlotWasMoved() {
        Masters.Topology before = Masters.topology(List.of(first("0-7999"), SECOND));

        assertThat(Masters.topology(List.of(first("0-7999 8001"), SECOND))).isNotEqualTo(before);
        assertThat(Masters.topology(List.of(
                        reply(7001, "master", "0-7999", "ok", 5), reply(7002, "master", "8000-16383", "ok", 5))))
                .as("moved there and back")
                .isNotEqualTo(before);
    }

    /** The second has voted for a replica of the first, which was frozen and does not know it yet. */
    @Test
    void shouldNotTrustAMasterThatWasReplaced() {
        NodeReply voter = reply(7002, "master", "8000-16383", "ok", 5);

        assertThatThrownBy(() -> Masters.topology(List.of(first("0-7999"), voter)))
                .hasMessageContaining("disagree about its epoch");
    }

    @Test
    void shouldNotTrustAMasterThatHasNoSay() {
        for (NodeReply other : List.of(
                reply(7001, "slave", "0-7999", "ok", 4),
                reply(7001, "master", "0-7999", "fail", 4),
                first("0-7999 [17->-node-7002]"))) {
            assertThatThrownBy(() -> Masters.topology(List.of(other, SECOND)))
                    .hasMessage("Node 127.0.0.1:7001 of the Cluster is not a master with slots that stay");
        }
    }
}
