package io.sessiontracker.event;

import org.jspecify.annotations.Nullable;

/**
 * A failure that no caller sees: a sweep that failed, a listener that threw, a stored session that a query or a delivery
 * could not read.
 *
 * @param activity what was being done, fit for a log line; never a session's state
 * @param type the session type's name
 * @param key the session's key; null where the failure concerns a whole type
 * @param cause what went wrong
 */
public record SessionTrackerError(
        String activity, String type, @Nullable String key, Throwable cause) {}
