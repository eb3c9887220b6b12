package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRaceTest extends RaceRules {
    StandaloneRaceTest() {
        super(RedisTopology.STANDALONE, Site.Locks.REDISSON);
    }
}
