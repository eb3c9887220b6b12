package io.sessiontracker.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Changes of running sessions as a store announces them to all processes, so that a copy in memory can be used without asking the store.
 *
 * <p>Announced is each change that makes a copy differ from the store, or ends the session, of the sessions whose start, finish or resume
 * said {@link Lifetimes#announced}; a touch is not. An expired session is not announced: a copy ends at its deadline.
 */
public interface SessionAnnouncements {

    /**
     * Reads the running session for a copy, as {@link SessionDataProvider#getIfChanged}, and learns how long the copy can be used.
     *
     * @param known the id and version that the caller has; null for no copy
     * @param write the {@linkplain StoredSession#write write} that stored it; null for no copy
     * @param touch whether the session's sliding lifetime restarts
     */
    CompletionStage<CopyReply> read(
            SessionAddress address, @Nullable SessionVersion known, @Nullable OperationToken write, boolean touch);

    /**
     * Subscribes to the announcements. Nothing is asked of the store before the first {@link Subscription#lagMillis}, and what fails is
     * tried again: meanwhile the lag grows.
     *
     * @param heartbeat how often the store is to confirm that nothing is missing
     * @param listener called on the thread that receives, in the order of the changes; must not block
     */
    Subscription subscribe(Duration heartbeat, Listener listener);

    /**
     * A read for a copy.
     *
     * @param reply as of {@link SessionDataProvider#getIfChanged}
     * @param millis how long after the read was sent the session runs at least, if no change of it is announced; 0 if it is not announced
     * @param untouchedMillis how long after that another read need not restart its sliding lifetime
     */
    record CopyReply(StoreReply reply, long millis, long untouchedMillis) {}

    /** Is notified of changes. */
    interface Listener {

        /**
         * The running session of that address is another one now.
         *
         * @param version its id and version; null if it ended
         * @param write what stored it; null if it ended
         */
        void changed(SessionAddress address, @Nullable SessionVersion version, @Nullable OperationToken write);

        /** Announcements may have been missed, of any session, up to now. */
        void missed();

        /**
         * The store has confirmed that nothing is missing.
         *
         * @param delay how long that took: of an announcement about half of it
         */
        void confirmed(Duration delay);
    }

    /** What a listener receives. */
    interface Subscription {

        /**
         * Returns how old a change of a session of that type can be without having been announced to the listener; {@link Long#MAX_VALUE}
         * if that is not known. To be asked at each use of a copy; the announcements of a type are received from the first question on.
         */
        long lagMillis(String type);

        /** Ends it, and frees its connection, until {@link #resume}: meanwhile nothing is known. */
        void suspend();

        /** Lets it begin again with the next question. Before the first {@link #suspend} this is not needed. */
        void resume();
    }
}
