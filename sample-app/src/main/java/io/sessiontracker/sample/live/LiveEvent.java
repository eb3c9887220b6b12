package io.sessiontracker.sample.live;

import java.time.Instant;

import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a checkout, as a browser is told.
 *
 * @param kind {@code Started}, {@code Updated} and so on
 * @param version the version that it left; null where a deleted one's is not known
 */
record LiveEvent(
        String kind, String key, Instant at, @Nullable Long version) {

    private static final String PREFIX = "Session";

    static LiveEvent of(SessionEvent<CheckoutSession> event) {
        CheckoutSession left = event.session();
        String kind = event.getClass().getSimpleName().substring(PREFIX.length());
        return new LiveEvent(kind, event.key(), event.at(), left == null ? null : left.getVersion());
    }
}
