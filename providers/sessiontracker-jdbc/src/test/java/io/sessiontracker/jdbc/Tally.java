package io.sessiontracker.jdbc;

import io.sessiontracker.Session;

/** A number that several threads or processes increment. */
class Tally extends Session {

    public int count;

    Tally(String key) {
        super(key);
    }
}
