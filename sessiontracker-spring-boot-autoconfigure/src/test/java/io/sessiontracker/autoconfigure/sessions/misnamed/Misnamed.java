package io.sessiontracker.autoconfigure.sessions.misnamed;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** Its type name has a capital letter. */
@SessionType("Checkout")
public class Misnamed extends Session {
    public Misnamed(String key) {
        super(key);
    }
}
