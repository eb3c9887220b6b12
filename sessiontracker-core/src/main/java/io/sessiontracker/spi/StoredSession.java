package io.sessiontracker.spi;

/**
 * A session as a store gives it back.
 *
 * @param version its id and version
 * @param startedAt when it was started, milliseconds since the epoch by the store's clock
 * @param data what the application put in
 */
public record StoredSession(SessionVersion version, long startedAt, SessionData data) {}
