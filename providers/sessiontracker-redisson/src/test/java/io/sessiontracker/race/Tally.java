package io.sessiontracker.race;

import io.sessiontracker.Session;

/** A number that several processes increment. */
class Tally extends Session {

    public int count;

    Tally(String key) {
        super(key);
    }
}
