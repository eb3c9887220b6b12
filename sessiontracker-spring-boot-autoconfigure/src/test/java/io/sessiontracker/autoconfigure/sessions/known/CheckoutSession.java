package io.sessiontracker.autoconfigure.sessions.known;

import java.time.Instant;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import org.jspecify.annotations.Nullable;

/** Has a property whose JSON depends on the mapper. */
@SessionType("checkout")
public class CheckoutSession extends Session {

    public @Nullable Instant paidAt;

    public CheckoutSession(String key) {
        super(key);
    }
}
