package io.sessiontracker.engine;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionTooLargeException;
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
        requireSize(
                address,
                payload.length,
                info.settings().maxSize(),
                store.description().maxPayload());
        return new SessionData(
                info.blind().hide(address, InternalProperties.joined(session)),
                info.indexedProperties(),
                PendingReminders.of(session),
                payload);
    }

    /** Returns whether two results of {@link #encode} are of the same session. */
    boolean isSame(SessionTypeInfo<?> info, SessionAddress address, SessionData first, SessionData second) {
        return codec.isSame(address, first.payload(), second.payload())
                && info.blind()
                        .reveal(address, first.properties())
                        .equals(info.blind().reveal(address, second.properties()))
                && first.indexed().equals(second.indexed())
                && first.reminders().equals(second.reminders());
    }

    private static void requireSize(SessionAddress address, int size, int allowed, int possible) {
        int limit = Math.min(allowed, possible);
        if (size > limit) {
            String reason = possible <= allowed
                    ? "this store takes at most " + possible
                    : "session-tracker.types.%s.max-size allows %d".formatted(address.type(), allowed);
            throw new SessionTooLargeException(
                    address.type(),
                    address.key(),
                    "The state of %s takes %d bytes; %s. Keep less in the session".formatted(address, size, reason),
                    size,
                    limit);
        }
    }
}
