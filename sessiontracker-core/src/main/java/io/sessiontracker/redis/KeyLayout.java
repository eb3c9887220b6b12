package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

import io.sessiontracker.spi.SessionAddress;

/**
 * Which Redis keys an address has: {@code <namespace>:{<type>#<bucket>}:<kind>:<key>}. The braces hold Redis Cluster's hash
 * tag, so all keys of a bucket share a slot. Neither namespace nor type can have a brace, so the first pair is ours whatever
 * the caller's key has.
 */
final class KeyLayout {

    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final String namespace;

    KeyLayout(String namespace) {
        Objects.requireNonNull(namespace, "namespace");
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "A namespace must be 1 to 64 of ASCII letters, digits and . _ - : but is \"" + namespace + "\"");
        }
        this.namespace = namespace;
    }

    byte[] running(SessionAddress address) {
        return key(address, 'r');
    }

    byte[] finished(SessionAddress address) {
        return key(address, 'f');
    }

    byte[] deletionMark(SessionAddress address) {
        return key(address, 'd');
    }

    private byte[] key(SessionAddress address, char kind) {
        String key = namespace + ":{" + address.type() + "#" + address.bucket() + "}:" + kind + ":" + address.key();
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
