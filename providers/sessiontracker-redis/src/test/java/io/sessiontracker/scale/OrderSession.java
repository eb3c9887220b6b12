package io.sessiontracker.scale;

import io.sessiontracker.Session;

/** Some hundred bytes. */
class OrderSession extends Session {

    public String address = "12 Main Street, Springfield ".repeat(8);
    public int count;

    OrderSession(String key) {
        super(key);
    }
}
