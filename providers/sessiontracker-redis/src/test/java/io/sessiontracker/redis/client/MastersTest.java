package io.sessiontracker.redis.client;

import java.util.List;

import io.lettuce.core.RedisURI;
import io.sessiontracker.redis.client.Masters.Statement;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What follows from what the masters say of themselves; that they say so is in the tests of announcements. */
class MastersTest {

    private static Statement statement(int port, String flags, String slots, String state, int epoch) {
        String self = "node-%d 127.0.0.1:%d@1%d myself,%s - 0 0 %d connected %s"
                .formatted(port, port, port, flags, port, slots);
        return new Statement(
                RedisURI.create("127.0.0.1", port),
                "other 127.0.0.1:1@2 master - 0 0 9 connected 1-2\n" + self + "\n",
                "cluster_state:%s\r\ncluster_current_epoch:%d\r\n".formatted(state, epoch));
    }

    private static Statement first(String slots) {
        return statement(7001, "master", slots, "ok", 4);
    }

    private static final Statement SECOND = statement(7002, "master", "8000-16383", "ok", 4);

    @Test
    void shouldHaveAllSlots() {
        Masters.View view = Masters.view(List.of(first("0-7999"), SECOND));

        assertThat(view.epoch()).isEqualTo(4);
        assertThat(view.masters()).extracting(Masters.Master::id).containsExactly("node-7001", "node-7002");
        assertThat(view.masters().get(0).slots().cardinality()).isEqualTo(8000);
        assertThat(view).isEqualTo(Masters.view(List.of(first("0-5 6-7999"), SECOND)));
        assertThatThrownBy(() -> Masters.view(List.of(first("0-7998"), SECOND)))
                .hasMessageContaining("do not have all slots");
    }

    @Test
    void shouldDifferOnceASlotWasMoved() {
        Masters.View before = Masters.view(List.of(first("0-7999"), SECOND));

        assertThat(Masters.view(List.of(first("0-7999 8001"), SECOND))).isNotEqualTo(before);
        assertThat(Masters.view(List.of(
                        statement(7001, "master", "0-7999", "ok", 5),
                        statement(7002, "master", "8000-16383", "ok", 5))))
                .as("moved there and back")
                .isNotEqualTo(before);
    }

    /** The second has voted for a replica of the first, which was frozen and does not know it yet. */
    @Test
    void shouldNotTrustAMasterThatWasReplaced() {
        Statement voter = statement(7002, "master", "8000-16383", "ok", 5);

        assertThatThrownBy(() -> Masters.view(List.of(first("0-7999"), voter))).hasMessageContaining("not of one mind");
    }

    @Test
    void shouldNotTrustAMasterThatHasNoSay() {
        for (Statement other : List.of(
                statement(7001, "slave", "0-7999", "ok", 4),
                statement(7001, "master", "0-7999", "fail", 4),
                first("0-7999 [17->-node-7002]"))) {
            assertThatThrownBy(() -> Masters.view(List.of(other, SECOND)))
                    .hasMessage("Node 127.0.0.1:7001 of the Cluster is not a master with slots that stay");
        }
    }
}
