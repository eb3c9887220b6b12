package io.sessiontracker.history;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** Replies as text, to be compared and printed: a payload is an array, and compares by identity. */
public final class Text {

    private Text() {}

    static String of(StoreReply reply) {
        if (reply instanceof StoreReply.Done done) {
            return "Done[" + of(done.session()) + ", at=" + done.at() + "]";
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

    /** To the tick: a store may know a sliding deadline from a TTL only, which goes on while a history runs. */
    static String of(SessionSweep.Expired expired) {
        return expired.key() + " due at tick " + Ticks.rounded(expired.deadline()) + " for the " + expired.attempt()
                + ". time: " + of(expired.session());
    }
}
