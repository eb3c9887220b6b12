package io.sessiontracker.history;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** Replies as text, to be compared and printed: a payload is an array, and compares by identity. */
public final class Text {

    /** In place of a deadline that a reply does not tell. */
    static final String UNKNOWN = "unknown";

    private Text() {}

    static String of(StoreReply reply) {
        if (reply instanceof StoreReply.Done done) {
            return "Done[" + of(done.session()) + ", at=" + done.at() + "]";
        }
        if (reply instanceof StoreReply.Started started) {
            return "Started[" + started.version() + " at " + started.startedAt() + "]";
        }
        if (reply instanceof StoreReply.Unchanged) {
            return "Unchanged";
        }
        if (reply instanceof StoreReply.InProgress inProgress) {
            return "InProgress[" + of(inProgress.running()) + "]";
        }
        if (reply instanceof StoreReply.VersionConflict conflict) {
            // A store need not answer the session.
            return "VersionConflict[" + conflict.actual() + "]";
        }
        return reply.toString();
    }

    /** A session, or that there is none. */
    public static String of(@Nullable StoredSession session) {
        return session == null
                ? "no session"
                : session.version() + " started at " + session.startedAt() + " with "
                        + new TreeMap<>(session.data().properties()) + " indexed "
                        + session.data().indexed() + " and "
                        + new String(session.data().payload(), StandardCharsets.UTF_8);
    }

    /** When the session is due that a reply is about, to the tick; unknown where the store need not have learned it. */
    static String deadlineOf(StoreReply reply) {
        long deadline = expiresAt(reply);
        if (deadline == StoredSession.UNKNOWN) {
            return UNKNOWN;
        }
        return deadline == StoredSession.NEVER ? "never" : "tick " + Ticks.rounded(deadline);
    }

    private static long expiresAt(StoreReply reply) {
        if (reply instanceof StoreReply.Done done) {
            StoredSession session = done.session();
            return session == null ? done.expiresAt() : session.expiresAt();
        }
        if (reply instanceof StoreReply.Unchanged unchanged) {
            return unchanged.expiresAt();
        }
        return reply instanceof StoreReply.Started started ? started.expiresAt() : StoredSession.UNKNOWN;
    }

    /** To the tick: a store may know a sliding deadline from a TTL only, which goes on while a history runs. */
    static String of(SessionSweep.Claimed claimed) {
        return claimed.key() + (claimed.reminder() == null ? "" : " reminder " + claimed.reminder()) + " due at tick "
                + Ticks.rounded(claimed.dueAt()) + " for the " + claimed.attempt() + ". time: " + of(claimed.session());
    }
}
