package io.sessiontracker.micrometer;

import io.sessiontracker.Session;

final class CartSession extends Session {

    String secret = "payload";

    CartSession(String key) {
        super(key);
    }
}
