package io.sessiontracker.autoconfigure.sessions.known;

import io.sessiontracker.Session;

class PollSession extends Session {
    PollSession(String key) {
        super(key);
    }

    /** The other class with this name. */
    static class Draft extends Session {
        Draft(String key) {
            super(key);
        }
    }
}
