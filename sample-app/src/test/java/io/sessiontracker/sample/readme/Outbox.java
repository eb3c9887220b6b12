package io.sessiontracker.sample.readme;

import java.util.List;

/** A table whose event id is unique. */
interface Outbox {

    /** Adds an entry unless the event id exists. */
    void addOnce(String eventId, String customer, List<String> articles);
}
