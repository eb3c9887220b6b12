package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class StandaloneExpiryDeliveryTest extends ExpiryDeliveryContract {
    StandaloneExpiryDeliveryTest() {
        super(RedisTopology.STANDALONE);
    }
}
