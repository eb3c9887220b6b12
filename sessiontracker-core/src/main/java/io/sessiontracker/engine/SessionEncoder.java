package io.sessiontracker.engine;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;

/** Encodes sessions for a store, and refuses what that cannot take. */
record SessionEncoder(SessionCodec codec, SessionDataProvider store) {

    /** Returns what is to be stored of a session. */
    SessionData encode(SessionTypeInfo<?> info, SessionAddress address, Session session) {
        PropertyFields fields = PropertyFields.of(info.type());
        fields.store(info, address, session);
        SessionInternals.requireProperties(session.getProperties());
        byte[] payload = codec.encode(address, session);
        if (fields.needsProof(session)) {
            fields.prove(address, session, codec.decode(address, info.type(), payload));
        }
        int largest = store.description().maxPayload();
        if (payload.length > largest) {
            throw new SessionCodecException(
                    address.type(),
                    address.key(),
                    "The state of %s takes %d bytes; this store takes at most %d. Keep less in the session"
                            .formatted(address, payload.length, largest),
                    null);
        }
        return new SessionData(
                InternalProperties.joined(session), info.indexedProperties(), PendingReminders.of(session), payload);
    }
}
