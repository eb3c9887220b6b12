package io.sessiontracker.sample.live;

import java.time.Instant;

import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.jspecify.annotations.Nullable;

/**
 * An event of a checkout, as sent to browsers.
 *
 * @param kind {@code Started}, {@code Updated} and so on
 * @param version the resulting version; null if that of a deleted checkout is unknown
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
