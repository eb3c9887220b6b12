package io.sessiontracker.race;

import io.sessiontracker.Session;

/** What somebody leaves behind. */
class Basket extends Session {

    public int count;

    Basket(String key) {
        super(key);
    }
}
