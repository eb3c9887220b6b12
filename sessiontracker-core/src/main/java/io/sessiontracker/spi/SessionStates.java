package io.sessiontracker.spi;

/** Which of a key's two sessions is meant. */
public enum SessionStates {
    /** The running and the finished one. */
    BOTH,
    /** The running one. */
    RUNNING,
    /** The finished one. */
    FINISHED;

    /** Whether the running one is among them. */
    public boolean hasRunning() {
        return this != FINISHED;
    }

    /** Whether the finished one is among them. */
    public boolean hasFinished() {
        return this != RUNNING;
    }
}
