package io.sessiontracker.autoconfigure.sessions.misnamed;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** Its name has a capital. */
@SessionType("Checkout")
public class Misnamed extends Session {
    public Misnamed(String key) {
        super(key);
    }
}
