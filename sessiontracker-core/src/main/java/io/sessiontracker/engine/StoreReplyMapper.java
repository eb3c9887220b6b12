package io.sessiontracker.engine;

import java.time.Instant;
import java.util.Objects;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** Maps a store's replies to results for callers. */
record StoreReplyMapper(SessionCodec codec, SessionInstrumentation instrumentation) {

    @SuppressWarnings("NullAway") // does not see that this result's value may be null: its type argument says so
    private static final SessionResult<@Nullable Void> DONE = SessionResult.success(null);

    /** Returns a fresh copy of the stored session. */
    <S extends Session> S copy(SessionAddress address, SessionTypeInfo<S> info, StoredSession stored) {
        S copy = codec.decode(address, info.type(), stored.data().payload());
        InternalProperties.restore(
                copy, info.blind().reveal(address, stored.data().properties()));
        PropertyFields.of(info.type()).restore(address, copy);
        settle(copy, stored);
        PendingReminders.restore(copy, stored.data().reminders());
        return copy;
    }

    /** Notes in an instance that it is what is stored now. */
    static void settle(Session session, StoredSession stored) {
        SessionInternals.settle(
                session,
                stored.version().id(),
                stored.version().version(),
                Instant.ofEpochMilli(stored.startedAt()),
                expiry(stored.expiresAt()));
    }

    private static @Nullable Instant expiry(long expiresAt) {
        if (expiresAt == StoredSession.NEVER) {
            return Instant.MAX;
        }
        return expiresAt == StoredSession.UNKNOWN ? null : Instant.ofEpochMilli(expiresAt);
    }

    /** Returns when the session expires, or the reply's failure. */
    SessionResult<Instant> expiry(
            SessionAddress address, SessionTypeInfo<?> info, @Nullable SessionVersion expected, StoreReply reply) {
        return reply instanceof StoreReply.Done done
                ? SessionResult.success(Objects.requireNonNull(
                        expiry(done.expiresAt()), "The data provider must say when the session expires"))
                : failure(address, info, expected, reply);
    }

    /** Returns the session that a reply carries, or its failure. */
    <S extends Session> SessionResult<S> session(
            SessionAddress address, SessionTypeInfo<S> info, @Nullable SessionVersion expected, StoreReply reply) {
        if (reply instanceof StoreReply.Done done) {
            if (done.session() == null) {
                // To answer NotFound would deny what was done when the driver first sent the call.
                throw new SessionStoreException(
                        "The session %s was changed as asked, but ended before it could be returned".formatted(address),
                        null);
            }
            return SessionResult.success(copy(address, info, done.session()));
        }
        return failure(address, info, expected, reply);
    }

    /** Returns an empty success, or the reply's failure. */
    SessionResult<@Nullable Void> done(
            SessionAddress address, SessionTypeInfo<?> info, @Nullable SessionVersion expected, StoreReply reply) {
        return reply instanceof StoreReply.Done ? DONE : failure(address, info, expected, reply);
    }

    <T extends @Nullable Object> SessionResult<T> failure(
            SessionAddress address, SessionTypeInfo<?> info, @Nullable SessionVersion expected, StoreReply reply) {
        return SessionResult.failure(error(address, info, expected, reply));
    }

    private SessionError error(
            SessionAddress address, SessionTypeInfo<?> info, @Nullable SessionVersion expected, StoreReply reply) {
        if (reply instanceof StoreReply.NotFound || reply instanceof StoreReply.OtherOwner) {
            return new SessionError.NotFound(address.type(), address.key());
        }
        if (reply instanceof StoreReply.AlreadyFinished) {
            return new SessionError.AlreadyFinished(address.type(), address.key());
        }
        if (reply instanceof StoreReply.AlreadyResumed) {
            return new SessionError.AlreadyResumed(address.type(), address.key());
        }
        if (reply instanceof StoreReply.InProgress inProgress) {
            return new SessionError.InProgress(copy(address, info, inProgress.running()));
        }
        if (reply instanceof StoreReply.VersionConflict conflict && expected != null) {
            instrumentation.conflict(address.type());
            return new SessionError.VersionConflict(
                    address.type(), address.key(), expected.version(), conflict.actual());
        }
        throw new IllegalStateException("The data provider answered " + reply + " where it must not, for " + address);
    }
}
