package io.sessiontracker;

/** A {@linkplain SessionTracker#watch watched} session. */
public interface SessionWatch extends AutoCloseable {

    /** Ends the watch: from then on no call of the watcher begins. Does nothing for one that has ended. */
    @Override
    void close();
}
