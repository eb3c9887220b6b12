package io.sessiontracker.race;

import io.sessiontracker.contract.FurtherCombination;
import io.sessiontracker.testing.RedisTopology;

@FurtherCombination
class StandaloneExpiryDeliveryTest extends ExpiryDeliveryContract {
    StandaloneExpiryDeliveryTest() {
        super(RedisTopology.STANDALONE);
    }
}
