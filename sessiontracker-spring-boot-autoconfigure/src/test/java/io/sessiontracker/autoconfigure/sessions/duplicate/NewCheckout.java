package io.sessiontracker.autoconfigure.sessions.duplicate;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** One of two classes of the same type name. */
@SessionType("checkout")
public class NewCheckout extends Session {
    public NewCheckout(String key) {
        super(key);
    }
}
