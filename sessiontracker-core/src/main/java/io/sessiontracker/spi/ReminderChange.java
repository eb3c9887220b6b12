package io.sessiontracker.spi;

/**
 * A change of a running session's reminders that a start or an update makes in its step. In milliseconds; of the two times at most one is
 * given, and without one the reminder of that name is cancelled.
 *
 * @param name distinguishes the reminder from others of its session
 * @param after how long after the write it is due
 * @param beforeExpiry how long before the session's deadline it is due, whenever that is
 */
public record ReminderChange(String name, long after, long beforeExpiry) {

    /** Checks the times. */
    public ReminderChange {
        if (after < 0 || beforeExpiry < 0 || after > 0 && beforeExpiry > 0) {
            throw new IllegalArgumentException("A reminder is due after a write or before the expiry");
        }
    }

    /** Sets a reminder that is due so long after the write. */
    public static ReminderChange after(String name, long millis) {
        return new ReminderChange(name, millis, 0);
    }

    /** Sets a reminder that is due so long before the session's deadline. */
    public static ReminderChange beforeExpiry(String name, long millis) {
        return new ReminderChange(name, 0, millis);
    }

    /** Cancels a reminder. */
    public static ReminderChange cancellation(String name) {
        return new ReminderChange(name, 0, 0);
    }

    /** Returns whether the reminder is cancelled. */
    public boolean isCancellation() {
        return after == 0 && beforeExpiry == 0;
    }
}
