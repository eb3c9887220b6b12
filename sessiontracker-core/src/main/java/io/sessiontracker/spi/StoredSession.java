package io.sessiontracker.spi;

/**
 * A session as a store gives it back.
 *
 * @param version its id and version
 * @param write the start or update that stored its data: a repetition of a call may replace the data of a version. Two sessions of
 *     one version and one write have the same data
 * @param startedAt when it was started, milliseconds since the epoch by the store's clock
 * @param data what the application put in
 */
public record StoredSession(SessionVersion version, OperationToken write, long startedAt, SessionData data) {}
