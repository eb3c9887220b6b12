package io.sessiontracker.autoconfigure.sessions.duplicate;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

/** One of two classes of the same type name. */
@SessionType("checkout")
public class OldCheckout extends Session {
    public OldCheckout(String key) {
        super(key);
    }
}
