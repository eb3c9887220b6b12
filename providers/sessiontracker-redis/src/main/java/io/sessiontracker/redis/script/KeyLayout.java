package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Namespaces;

/**
 * The Redis keys: {@code <namespace>:{<type>#<bucket>}:<kind>:<key>} for what belongs to a session, and
 * {@code <namespace>:{<type>#<bucket>}:<index>} for what belongs to a bucket. The braces hold Redis Cluster's hash tag, so all
 * keys of a bucket share a slot. Neither namespace nor type can have a brace, so the first pair is this one whatever the
 * application's key contains.
 */
public final class KeyLayout {

    private final String namespace;

    public KeyLayout(String namespace) {
        this.namespace = Namespaces.require(namespace);
    }

    public byte[] running(SessionAddress address) {
        return bucket(address).session(false, address.key());
    }

    public byte[] finished(SessionAddress address) {
        return bucket(address).session(true, address.key());
    }

    public byte[] tombstones(SessionAddress address) {
        return bucket(address).tombstones(address.key());
    }

    public Bucket bucket(SessionAddress address) {
        return bucket(address.type(), address.bucket());
    }

    public Bucket bucket(String type, int number) {
        return new Bucket(type, number, namespace + ":{" + type + "#" + number + "}:");
    }

    /** Returns the key that records when each partition of the type may be swept again. */
    public byte[] partitions(String type) {
        return bytes(namespace + ":{" + type + "}:w");
    }

    /** Returns the key that records the namespace's lock provider. */
    public byte[] lockProvider() {
        return bytes(namespace + ":{lock-provider}");
    }

    /** Returns a channel for heartbeats. */
    public byte[] heartbeats(String id) {
        return bytes(namespace + ":{" + id + "}:h");
    }

    /** Returns the channel on which releases of locks are published. */
    public byte[] lockChannel() {
        return bytes(namespace + ":l");
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /** The keys of one of a type's buckets; its text names it in messages. */
    public record Bucket(String type, int number, String prefix) {

        public byte[] session(boolean finished, String key) {
            return bytes(prefix + kind(finished) + ":" + key);
        }

        public byte[] tombstones(String key) {
            return bytes(prefix + "d:" + key);
        }

        /** Returns the key of the expired sessions of that application key. */
        public byte[] expiredSessions(String key) {
            return bytes(prefix + "x:" + key);
        }

        /** Returns the key of the reminders of that application key's running session. */
        public byte[] reminders(String key) {
            return bytes(prefix + "m:" + key);
        }

        /** Returns the set of keys that have reminders. */
        public byte[] reminderTimes() {
            return bytes(prefix + "mt");
        }

        public byte[] lock(String key) {
            return bytes(prefix + "l:" + key);
        }

        /** Returns the record of the last fencing token of the bucket's locks; other lock services on Redis use the same. */
        public byte[] lastToken() {
            return bytes(prefix + "lt");
        }

        /** Returns the index of the sessions by start. */
        public byte[] byStart(boolean finished) {
            return bytes(prefix + kind(finished) + "s");
        }

        /** Returns the index of the sessions by deadline. */
        public byte[] deadlines(boolean finished) {
            return bytes(prefix + kind(finished) + "d");
        }

        public byte[] properties(boolean finished) {
            return bytes(prefix + kind(finished) + "p");
        }

        /** Returns the keys of an index, in the order that {@code lib/index.lua} expects. */
        public List<byte[]> index(boolean finished) {
            return List.of(byStart(finished), deadlines(finished), properties(finished));
        }

        /** Returns the channel on which changes of sessions are announced; {@code lib/announce.lua} knows it, too. */
        public byte[] changes() {
            return bytes(prefix + "c");
        }

        /** Returns the set of keys that have expired sessions awaiting delivery. */
        public byte[] awaitingDelivery() {
            return bytes(prefix + "u");
        }

        private static char kind(boolean finished) {
            return finished ? 'f' : 'r';
        }

        @Override
        public String toString() {
            return "bucket " + number + " of " + type;
        }
    }
}
