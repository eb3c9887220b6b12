package io.sessiontracker.engine;

import java.util.Map;

import io.sessiontracker.encryption.EncryptingSessionCodec;
import io.sessiontracker.encryption.SessionKeyProvider;
import io.sessiontracker.spi.SessionCodec;

/** A tracker does the same with encrypted sessions, of which each encoding is another one. */
class MemoryEncryptedTrackerTest extends MemoryTrackerTest {

    private static final SessionKeyProvider KEYS = SessionKeyProvider.of("k1", Map.of("k1", new byte[32]));

    @Override
    public SessionCodec asStored(SessionCodec codec) {
        return new EncryptingSessionCodec(codec, KEYS);
    }
}
