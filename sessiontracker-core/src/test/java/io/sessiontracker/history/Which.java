package io.sessiontracker.history;

import io.sessiontracker.spi.SessionVersion;
import org.jspecify.annotations.Nullable;

/** Which id and version a call names: what that is, is known when the history gets there. */
enum Which {
    /** None, so any will do. */
    ANY,
    RUNNING,
    FINISHED,
    /** The running session's version less one, or the finished one's. */
    EARLIER,
    LATER,
    /** The version is right, and the id that of an earlier start. */
    FORMER_ID,
    /** What no store has ever made. */
    NO_ID;

    @Nullable
    SessionVersion of(History history, Address address) {
        SessionVersion finished = history.version(address, true);
        SessionVersion running = history.version(address, false);
        SessionVersion there = running != null ? running : finished != null ? finished : history.formerVersion(address);
        return switch (this) {
            case ANY -> null;
            case RUNNING -> there;
            case FINISHED -> finished != null ? finished : there;
            case EARLIER -> new SessionVersion(there.id(), Math.max(0, there.version() - 1));
            case LATER -> there.next();
            case FORMER_ID -> new SessionVersion(history.formerVersion(address).id(), there.version());
            case NO_ID -> new SessionVersion("none", there.version());
        };
    }
}
