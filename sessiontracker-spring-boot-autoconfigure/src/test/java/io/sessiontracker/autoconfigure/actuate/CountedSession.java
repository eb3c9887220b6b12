package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.Session;

/** Known when it is used. */
class CountedSession extends Session {

    CountedSession(String key) {
        super(key);
    }
}
