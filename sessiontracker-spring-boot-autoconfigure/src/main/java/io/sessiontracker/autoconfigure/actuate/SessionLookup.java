package io.sessiontracker.autoconfigure.actuate;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.engine.UnreadableSessions;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** Reads a session as it is stored, bypassing the tracker: operators need to see sessions that cannot be decoded. */
record SessionLookup(
        SessionDataProvider data, SessionLockProvider locks, UnreadableSessions unreadable, Redaction redaction) {

    /** Returns the session, null if there is none. Does not touch a running session. */
    @Nullable
    SessionDescriptor find(
            Class<? extends Session> type, SessionAddress address, boolean finished, boolean showPayload) {
        StoreReply reply = join(finished ? data.getFinished(address) : data.get(address, false));
        if (!(reply instanceof StoreReply.Done done)) {
            return null;
        }
        StoredSession stored = Objects.requireNonNull(done.session());
        byte[] payload = stored.data().payload();
        return new SessionDescriptor(
                address.type(),
                address.key(),
                finished ? "finished" : "running",
                stored.version().id(),
                stored.version().version(),
                Instant.ofEpochMilli(stored.startedAt()),
                expiresAt(address, stored),
                redaction.ofProperties(SessionData.ofApplication(stored.data().properties())),
                lock(address),
                unreadable.reason(type, address, stored),
                payload.length,
                showPayload ? Payloads.read(payload, redaction) : null);
    }

    private @Nullable Instant expiresAt(SessionAddress address, StoredSession stored) {
        long moment = stored.expiresAt();
        if (moment == StoredSession.UNKNOWN
                && join(data.expiry(address, stored.version().id())) instanceof StoreReply.Done done) {
            moment = done.expiresAt();
        }
        return moment == StoredSession.UNKNOWN || moment == StoredSession.NEVER ? null : Instant.ofEpochMilli(moment);
    }

    private SessionDescriptor.Lock lock(SessionAddress address) {
        try {
            return join(locks.lockState(address))
                    .map(SessionDescriptor.Lock::of)
                    .orElse(SessionDescriptor.Lock.UNKNOWN);
        } catch (SessionTrackerException failed) {
            return new SessionDescriptor.Lock("unknown", null, null, failed.getMessage());
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
