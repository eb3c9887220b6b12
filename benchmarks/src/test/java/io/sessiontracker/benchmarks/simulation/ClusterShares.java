package io.sessiontracker.benchmarks.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.lettuce.core.cluster.SlotHash;
import io.sessiontracker.redis.script.KeyLayout;
import io.sessiontracker.spi.SessionAddress;

/** How the buckets of types fall on the nodes of a Redis Cluster that share the hash slots equally. */
final class ClusterShares {

    private static final KeyLayout KEYS = new KeyLayout("shop");

    private ClusterShares() {}

    /** Returns the share of the node with most buckets, relative to an equal share: the higher, the less do more nodes help. */
    static double fullest(List<String> types, int nodes) {
        long[] buckets = new long[nodes];
        for (String type : types) {
            IntStream.range(0, SessionAddress.BUCKETS)
                    .map(bucket -> SlotHash.getSlot(KEYS.bucket(type, bucket).prefix()))
                    .forEach(slot -> buckets[slot * nodes / SlotHash.SLOT_COUNT]++);
        }
        return Arrays.stream(buckets).max().orElse(0) * (double) nodes / (types.size() * SessionAddress.BUCKETS);
    }
}
