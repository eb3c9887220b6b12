package io.sessiontracker.redis;

import io.sessiontracker.redis.script.StoreProbe;
import io.sessiontracker.testing.RedisTopology;

/** Where each call waits for its reply, as it does over other drivers. */
class RedisWaitingTransactionTest extends RedisTransactions {

    RedisWaitingTransactionTest() {
        super(StoreProbe.waitingOn(RedisTopology.STANDALONE));
    }
}
