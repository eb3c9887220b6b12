package io.sessiontracker.history;

/** What a history does next. Steps refer to earlier ones by their position, so that a shortened history still means something. */
@FunctionalInterface
interface Step {

    /** Does it on the model and on the store, and compares what they answer. */
    void on(History history);
}
