package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.Session;

/** Becomes known at its first use. */
class CountedSession extends Session {

    CountedSession(String key) {
        super(key);
    }
}
