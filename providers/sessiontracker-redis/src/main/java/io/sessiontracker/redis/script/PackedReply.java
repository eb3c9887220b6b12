package io.sessiontracker.redis.script;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the strings that {@code lib/pack.lua} joined. */
final class PackedReply {

    private final ByteBuffer source;

    PackedReply(byte[] reply) {
        this.source = ByteBuffer.wrap(reply);
    }

    boolean hasNext() {
        return source.hasRemaining();
    }

    byte[] next() {
        byte[] each = new byte[source.getInt()];
        source.get(each);
        return each;
    }

    String nextText() {
        return new String(next(), StandardCharsets.UTF_8);
    }

    long nextNumber() {
        return ScriptReplies.decimals(next(), 0);
    }
}
