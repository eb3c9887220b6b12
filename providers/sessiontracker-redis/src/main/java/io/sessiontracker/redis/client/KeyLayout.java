package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Namespaces;

/**
 * Which Redis keys there are: {@code <namespace>:{<type>#<bucket>}:<kind>:<key>} for what belongs to a session, and
 * {@code <namespace>:{<type>#<bucket>}:<index>} for what belongs to a bucket. The braces hold Redis Cluster's hash tag, so all
 * keys of a bucket share a slot. Neither namespace nor type can have a brace, so the first pair is ours whatever the caller's
 * key has.
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

    public byte[] deletionMark(SessionAddress address) {
        return bucket(address).deletionMark(address.key());
    }

    public Bucket bucket(SessionAddress address) {
        return bucket(address.type(), address.bucket());
    }

    public Bucket bucket(String type, int number) {
        return new Bucket(type, number, namespace + ":{" + type + "#" + number + "}:");
    }

    /** When each part of the type was swept. */
    public byte[] sweptParts(String type) {
        return bytes(namespace + ":{" + type + "}:w");
    }

    /** Which lock provider the namespace uses. */
    public byte[] lockProvider() {
        return bytes(namespace + ":{lock-provider}");
    }

    /** The channel that tells of locks that came free. */
    public byte[] freedLocks() {
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

        public byte[] deletionMark(String key) {
            return bytes(prefix + "d:" + key);
        }

        /** A key's expired sessions. */
        public byte[] shelf(String key) {
            return bytes(prefix + "x:" + key);
        }

        public byte[] lock(String key) {
            return bytes(prefix + "l:" + key);
        }

        /** All its sessions by start. */
        public byte[] walk(boolean finished) {
            return bytes(prefix + kind(finished) + "s");
        }

        /** All its sessions by deadline. */
        public byte[] deadlines(boolean finished) {
            return bytes(prefix + kind(finished) + "d");
        }

        public byte[] properties(boolean finished) {
            return bytes(prefix + kind(finished) + "p");
        }

        /** In the order that {@code lib/index.lua} knows. */
        public List<byte[]> index(boolean finished) {
            return List.of(walk(finished), deadlines(finished), properties(finished));
        }

        /** The keys that have a shelf. */
        public byte[] untold() {
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
