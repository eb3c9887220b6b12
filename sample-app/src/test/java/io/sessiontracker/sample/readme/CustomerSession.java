package io.sessiontracker.sample.readme;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

@SessionType(value = "customer", version = 2)
class CustomerSession extends Session {

    String fullName = ""; // name, in version 1

    CustomerSession(String key) {
        super(key);
    }
}
