package io.sessiontracker.dynamodb;

import java.util.Map;
import java.util.Optional;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.support.RandomIds;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A held lock.
 *
 * @param owner the acquisition's id
 * @param version no two writes of items have the same
 * @param leaseMillis how long it is held from the write, unless it is released or written again
 * @param token the fencing token of the grant
 */
record LockItem(String owner, String version, long leaseMillis, long token) {

    static final String OWNER = "lock_owner";
    static final String VERSION = "lock_version";
    static final String LEASE = "lock_lease";
    static final String TOKEN = "lock_token";

    /** Creates an item with a version of its own. */
    static LockItem create(String owner, long leaseMillis, long token) {
        return new LockItem(owner, RandomIds.next(), leaseMillis, token);
    }

    /** Reads the token that the item of a held or released lock has. */
    static long token(Map<String, AttributeValue> attributes) {
        AttributeValue token = attributes.get(TOKEN);
        if (token == null) {
            throw notALock(attributes);
        }
        return Long.parseLong(token.n());
    }

    /** Reads the attributes of an item; empty if the lock was released. */
    static Optional<LockItem> parse(Map<String, AttributeValue> attributes) {
        return attributes.containsKey(OWNER) ? Optional.of(parseHeld(attributes)) : Optional.empty();
    }

    /**
     * Reads the attributes of an item.
     *
     * @throws SessionStoreException if it is not a held lock's
     */
    private static LockItem parseHeld(Map<String, AttributeValue> attributes) {
        AttributeValue owner = attributes.get(OWNER);
        AttributeValue version = attributes.get(VERSION);
        AttributeValue lease = attributes.get(LEASE);
        if (owner == null || version == null || lease == null) {
            throw notALock(attributes);
        }
        return new LockItem(owner.s(), version.s(), Long.parseLong(lease.n()), token(attributes));
    }

    private static SessionStoreException notALock(Map<String, AttributeValue> attributes) {
        return new SessionStoreException("Not a lock's item in DynamoDB: " + attributes, null);
    }

    Map<String, AttributeValue> attributes() {
        return Map.of(
                OWNER,
                AttributeValue.fromS(owner),
                VERSION,
                AttributeValue.fromS(version),
                LEASE,
                AttributeValue.fromN(Long.toString(leaseMillis)),
                TOKEN,
                AttributeValue.fromN(Long.toString(token)));
    }
}
