package io.sessiontracker.sample.readme;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;

/** A game of which each question can be answered for a time. */
class RoundSession extends Session {

    @Nullable
    String question;

    int closed;

    RoundSession(String game) {
        super(game);
    }

    void closeQuestion() {
        question = null;
        closed++;
    }
}
