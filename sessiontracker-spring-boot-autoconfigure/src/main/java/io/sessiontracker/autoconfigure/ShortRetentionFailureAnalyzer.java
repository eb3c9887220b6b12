package io.sessiontracker.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.sessiontracker.engine.ShortRetentionException;
import io.sessiontracker.engine.SweepSettings;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Names the settings that do not fit together: an expired session would be gone before it is delivered. */
final class ShortRetentionFailureAnalyzer extends AbstractFailureAnalyzer<ShortRetentionException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ShortRetentionException failure) {
        SweepSettings sweep = failure.sweep();
        return new FailureAnalysis(
                ("A listener for SessionExpired<%s> could miss some: an expired session of type \"%s\" is kept for %s. It is"
                                + " claimed within session-tracker.sweep.interval (%s), and if that instance dies it can be"
                                + " claimed again after session-tracker.sweep.lease (%s), within another interval.")
                        .formatted(
                                failure.sessionClass().getSimpleName(),
                                failure.type(),
                                text(failure.retention()),
                                text(sweep.interval()),
                                text(sweep.lease())),
                "Set session-tracker.types.%s.expired-retention to at least %s, or shorten lease or interval."
                        .formatted(failure.type(), text(sweep.leastRetention())),
                failure);
    }

    /** As it is written in settings. */
    private static String text(Duration duration) {
        boolean isInSeconds = duration.toMillisPart() == 0;
        return DurationStyle.SIMPLE.print(duration, isInSeconds ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
    }
}
