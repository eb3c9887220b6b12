package io.sessiontracker.redis;

import io.sessiontracker.testing.RedisTopology;

/** On one server. */
class RedisStandaloneContractTest extends RedisContract {

    RedisStandaloneContractTest() {
        super(RedisTopology.STANDALONE);
    }
}
