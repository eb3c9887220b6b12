package io.sessiontracker.scale;

import io.sessiontracker.Session;

/** Some hundred bytes. */
class Order extends Session {

    public String address = "12 Main Street, Springfield ".repeat(8);
    public int count;

    Order(String key) {
        super(key);
    }
}
