package io.sessiontracker.engine;

import java.util.Arrays;

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
    UpdateAttempt next(SessionData next) {
        return new UpdateAttempt(version, isSame(next) ? token : token.next(), next);
    }

    private boolean isSame(SessionData next) {
        return Arrays.equals(data.payload(), next.payload())
                && data.properties().equals(next.properties())
                && data.indexed().equals(next.indexed())
                && data.reminders().equals(next.reminders());
    }
}
