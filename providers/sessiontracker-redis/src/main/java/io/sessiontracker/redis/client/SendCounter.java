package io.sessiontracker.redis.client;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.netty.buffer.ByteBuf;

/**
 * Counts how often a call was sent without a reply. After a reconnect Lettuce re-sends commands without a reply, whether or not the
 * server ran them; that they are encoded again is the only sign of it.
 */
final class SendCounter {

    private final AtomicInteger unanswered = new AtomicInteger();

    /** Returns whether there were more sends than replies, once the last reply is there. */
    boolean areUnanswered() {
        return unanswered.get() > 1;
    }

    CommandArgs<byte[], byte[]> arguments(String script, byte[][] keys, byte[][] values) {
        return new CountedArgs().add(script).add(keys.length).addKeys(keys).addValues(values);
    }

    CommandOutput<byte[], byte[], byte[]> output() {
        return new CountedOutput();
    }

    private final class CountedArgs extends CommandArgs<byte[], byte[]> {

        private CountedArgs() {
            super(ByteArrayCodec.INSTANCE);
        }

        @Override
        public void encode(ByteBuf buffer) {
            unanswered.incrementAndGet();
            super.encode(buffer);
        }
    }

    private final class CountedOutput extends ValueOutput<byte[], byte[]> {

        private CountedOutput() {
            super(ByteArrayCodec.INSTANCE);
        }

        // An error says that this sending had no effect: a redirection, or that a script is unknown, for instance.
        @Override
        public void setError(ByteBuffer error) {
            unanswered.decrementAndGet();
            super.setError(error);
        }
    }
}
