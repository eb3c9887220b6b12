package io.sessiontracker.history;

import java.time.Duration;

import io.sessiontracker.spi.SessionDataProvider;

/** An empty store whose clock a history advances. */
public interface HistoryStore {

    /** The store. */
    SessionDataProvider provider();

    /** Follows the history's clock, which advanced by that. */
    void clockMoved(Duration by);

    /**
     * Compares all that is stored.
     *
     * @throws AssertionError if that is not what the model has
     */
    void check(SessionModel model);

    /** That there is nothing at all, not even what is kept beside sessions. */
    void assertEmpty();
}
