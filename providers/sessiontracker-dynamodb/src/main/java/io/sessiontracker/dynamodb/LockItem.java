package io.sessiontracker.dynamodb;

import java.util.Map;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.support.RandomIds;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A held lock.
 *
 * @param owner the acquisition's id
 * @param version no two writes of items have the same
 * @param leaseMillis how long it is held from the write, unless it is released or written again
 */
record LockItem(String owner, String version, long leaseMillis) {

    static final String OWNER = "lock_owner";
    static final String VERSION = "lock_version";
    private static final String LEASE = "lock_lease";

    /** Creates an item with a version of its own. */
    static LockItem create(String owner, long leaseMillis) {
        return new LockItem(owner, RandomIds.next(), leaseMillis);
    }

    /**
     * Reads the attributes of an item.
     *
     * @throws SessionStoreException if it is not a lock's
     */
    static LockItem parse(Map<String, AttributeValue> attributes) {
        AttributeValue owner = attributes.get(OWNER);
        AttributeValue version = attributes.get(VERSION);
        AttributeValue lease = attributes.get(LEASE);
        if (owner == null || version == null || lease == null) {
            throw new SessionStoreException("Not a lock's item in DynamoDB: " + attributes, null);
        }
        return new LockItem(owner.s(), version.s(), Long.parseLong(lease.n()));
    }

    Map<String, AttributeValue> attributes() {
        return Map.of(
                OWNER,
                AttributeValue.fromS(owner),
                VERSION,
                AttributeValue.fromS(version),
                LEASE,
                AttributeValue.fromN(Long.toString(leaseMillis)));
    }
}
