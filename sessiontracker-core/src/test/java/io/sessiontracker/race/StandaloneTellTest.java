package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class StandaloneTellTest extends TellRules {
    StandaloneTellTest() {
        super(RedisTopology.STANDALONE);
    }
}
