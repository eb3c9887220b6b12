package io.sessiontracker.race;

import io.sessiontracker.Session;

/** A session that expires. */
class Basket extends Session {

    public int count;

    Basket(String key) {
        super(key);
    }
}
