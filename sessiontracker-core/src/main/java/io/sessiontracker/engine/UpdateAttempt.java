package io.sessiontracker.engine;

import java.util.function.BiPredicate;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;

/**
 * An attempt to update an instance.
 *
 * @param version the version that it had before
 * @param data what is to be stored
 */
record UpdateAttempt(long version, OperationToken token, SessionData data) {

    static UpdateAttempt first(long version, SessionData data) {
        return new UpdateAttempt(version, OperationToken.random(), data);
    }

    /**
     * Returns the next attempt. While the same data is to be stored it counts as the same, and so as done even if others wrote since.
     * An attempt that stores other data may replace it, unless another writer did.
     */
    UpdateAttempt next(SessionData next, BiPredicate<SessionData, SessionData> isSame) {
        return isSame.test(data, next) ? this : new UpdateAttempt(version, token.next(), next);
    }
}
