package io.sessiontracker.sample.readme;

import java.util.List;

/** A table whose event id is unique. */
interface Outbox {

    /** Does nothing if there is such an event already. */
    void addOnce(String eventId, String customer, List<String> articles);
}
