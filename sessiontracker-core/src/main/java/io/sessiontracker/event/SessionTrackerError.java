package io.sessiontracker.event;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that no caller hears of: a sweep that failed, a listener that threw, a stored session that cannot be
 * read by a query or told by an event.
 *
 * @param activity what was being done, fit for a log line; never a session's state
 * @param type the session type's name
 * @param key the session's key; null where it is about a whole type
 * @param cause what went wrong
 */
public record SessionTrackerError(
        String activity, String type, @Nullable String key, Throwable cause) {}
