package io.sessiontracker;

/**
 * Receives the states of one session, see {@link SessionTracker#watch}. Its methods are called one after another, on the tracker's
 * workers, and may block; while one runs, later states replace each other. What they throw is published as a
 * {@link io.sessiontracker.event.SessionTrackerError}, and ends nothing.
 */
@FunctionalInterface
public interface SessionWatcher<S extends Session> {

    /**
     * Called with the state at first, and then after changes. Between two calls there may have been other states.
     *
     * @param session an instance of this watcher's own, as {@link SessionTracker#peek} returns it
     */
    void onChange(S session);

    /** Called at the end: the session was finished, deleted or has expired, or none was running. */
    default void onEnd() {}

    /**
     * Called instead of {@link #onEnd} if the watch cannot go on, though the session may.
     *
     * @param failure a {@link SessionCodecException} for a state that cannot be read; a
     *     {@link java.util.concurrent.CancellationException} where the tracker was stopped
     */
    default void onFailure(RuntimeException failure) {}
}
