package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class ClusterExpiryDeliveryTest extends ExpiryDeliveryContract {
    ClusterExpiryDeliveryTest() {
        super(RedisTopology.CLUSTER);
    }
}
