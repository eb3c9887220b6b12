package io.sessiontracker.redis;

import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.testing.RedisTopology;

/** Over the connection that all share. */
class RedisTransactionTest extends RedisTransactions {

    RedisTransactionTest() {
        super(StoreProbe.on(RedisTopology.STANDALONE));
    }
}
