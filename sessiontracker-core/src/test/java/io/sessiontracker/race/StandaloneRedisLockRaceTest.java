package io.sessiontracker.race;

import io.sessiontracker.testing.RedisTopology;

class StandaloneRedisLockRaceTest extends RaceRules {
    StandaloneRedisLockRaceTest() {
        super(RedisTopology.STANDALONE, Site.Locks.REDIS);
    }
}
