package io.sessiontracker.spi;

import org.jspecify.annotations.Nullable;

/** What a store did, or why it did nothing. */
public sealed interface StoreReply {

    /**
     * It was started, or had been by an earlier attempt.
     *
     * @param version its id and version: 1
     * @param startedAt milliseconds since the epoch by the store's clock
     * @param expiresAt when it is due, as in a {@link StoredSession}
     */
    record Started(SessionVersion version, long startedAt, long expiresAt) implements StoreReply {}

    /**
     * It was done.
     *
     * @param session what was asked for, as it is now stored; null where the call asked for nothing, and where a call that
     *     was sent twice asked for what is gone since
     * @param at when it was changed, by the store's clock, milliseconds since the epoch; 0 where it was only read or touched
     * @param expiresAt when the session is due, as in a {@link StoredSession}; unknown where that is answered, which says it itself
     */
    record Done(@Nullable StoredSession session, long at, long expiresAt) implements StoreReply {

        /** Creates a reply that does not say when the session is due, unless it contains the session. */
        public Done(@Nullable StoredSession session, long at) {
            this(session, at, StoredSession.UNKNOWN);
        }
    }

    /** A session runs under the key that was to be started. */
    record InProgress(StoredSession running) implements StoreReply {}

    /** There is neither a running nor a finished session. */
    record NotFound() implements StoreReply {}

    /** A finished session is there, where a running one was asked for. */
    record AlreadyFinished() implements StoreReply {}

    /** A running session is there, where only a finished one would do. */
    record AlreadyResumed() implements StoreReply {}

    /**
     * The address has an {@linkplain SessionAddress#owner owner}, and the session that is there is another one's; nothing was done, nor
     * touched. That session is the running one or else the finished one, for {@link SessionDataProvider#getFinished} and {@link
     * SessionDataProvider#resume} the finished one or else the running one. A start's own session is not another owner's, whatever its
     * properties became since. A delete of both spares another owner's session, and is so answered if there is no other. An update, whose
     * caller has read the session, and what takes the session's id do not ask for the owner.
     */
    record OtherOwner() implements StoreReply {}

    /**
     * The running session is the one that the caller knows.
     *
     * @param expiresAt when it is due, as in a {@link StoredSession}
     */
    record Unchanged(long expiresAt) implements StoreReply {}

    /**
     * What is stored is another start or another version.
     *
     * @param actual the version that is stored
     * @param session the session that is stored, so that the caller need not read it; null where the store does not have it at hand
     */
    record VersionConflict(long actual, @Nullable StoredSession session) implements StoreReply {

        /** Creates a conflict without the session. */
        public VersionConflict(long actual) {
            this(actual, null);
        }
    }
}
