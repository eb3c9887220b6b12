package io.sessiontracker.spi;

/**
 * A session as a store gives it back.
 *
 * @param version its id and version
 * @param write the start or update that stored its data: a repetition of a call may replace the data of a version. Two sessions of
 *     one version and one write have the same data
 * @param startedAt when it was started, milliseconds since the epoch by the store's clock
 * @param expiresAt when it is due unless it is touched or changed first, by the store's clock; {@link #NEVER}, or {@link #UNKNOWN} where
 *     the call did not learn it
 * @param data what the application put in
 */
public record StoredSession(
        SessionVersion version, OperationToken write, long startedAt, long expiresAt, SessionData data) {

    /** In place of a deadline: the session never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    /** In place of a deadline: the call did not learn it. */
    public static final long UNKNOWN = 0;

    /** Returns this with that deadline; the same if that is unknown. */
    public StoredSession withExpiresAt(long value) {
        return value == UNKNOWN || value == expiresAt
                ? this
                : new StoredSession(version, write, startedAt, value, data);
    }

    /** Returns this with other data. */
    public StoredSession withData(SessionData value) {
        return new StoredSession(version, write, startedAt, expiresAt, value);
    }
}
