package io.sessiontracker.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of lifetimes below a second: most likely a unit is missing, and a number without one is milliseconds. */
final class ShortLifetimes {

    private static final Logger logger = LoggerFactory.getLogger(ShortLifetimes.class);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<String> found = new ArrayList<>();

    private ShortLifetimes() {}

    static void warn(SessionTrackerProperties properties) {
        List<String> found = in(properties);
        if (!found.isEmpty()) {
            logger.warn(
                    "Lifetimes below one second; a number without a unit is milliseconds. {}",
                    String.join("; ", found));
        }
    }

    static List<String> in(SessionTrackerProperties properties) {
        ShortLifetimes lifetimes = new ShortLifetimes();
        lifetimes.check(SessionTrackerProperties.PREFIX + ".defaults", properties.defaults());
        properties
                .types()
                .forEach((name, type) -> lifetimes.check(SessionTrackerProperties.PREFIX + ".types." + name, type));
        return lifetimes.found;
    }

    private void check(String path, SessionTrackerProperties.Type type) {
        check(path + ".absolute-expiration", type.absoluteExpiration());
        check(path + ".sliding-expiration", type.slidingExpiration());
        check(path + ".expired-retention", type.expiredRetention());
        check(path + ".finished.absolute-expiration", type.finished().absoluteExpiration());
        check(path + ".finished.sliding-expiration", type.finished().slidingExpiration());
    }

    private void check(String property, @Nullable Lifetime lifetime) {
        Duration duration = lifetime == null ? null : lifetime.duration();
        if (duration != null && duration.compareTo(SECOND) < 0) {
            long number = Math.max(1, duration.toMillis());
            found.add("%s is %d ms: was %dm, or %ds, meant?".formatted(property, duration.toMillis(), number, number));
        }
    }
}
