package io.sessiontracker.engine;

import java.nio.ByteBuffer;

import io.sessiontracker.Session;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;

/** A session with a codec so small that a model checker can go through it. */
final class Counter extends Session {

    int value;

    Counter(String key) {
        super(key);
    }

    /** Writes the value. */
    static final class Codec implements SessionCodec {

        @Override
        public void verify(Class<? extends Session> type) {}

        @Override
        public byte[] encode(SessionAddress address, Session session) {
            return ByteBuffer.allocate(Integer.BYTES)
                    .putInt(((Counter) session).value)
                    .array();
        }

        @Override
        public <S extends Session> S decode(SessionAddress address, Class<S> type, byte[] payload) {
            Counter counter = new Counter(address.key());
            counter.value = ByteBuffer.wrap(payload).getInt();
            return type.cast(counter);
        }
    }
}
