package io.sessiontracker.autoconfigure.sessions.known;

import io.sessiontracker.Session;

/** Without an annotation. */
class QuizSession extends Session {
    QuizSession(String key) {
        super(key);
    }

    /** One of two classes with the same name. */
    static class Draft extends Session {
        Draft(String key) {
            super(key);
        }
    }

    /** Has no instances. */
    abstract static class Template extends Session {
        Template(String key) {
            super(key);
        }
    }
}
