package io.sessiontracker.autoconfigure.diagnostics;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.engine.DuplicateSessionTypeException;
import io.sessiontracker.engine.MissingRetentionException;
import io.sessiontracker.engine.ShortRetentionException;
import io.sessiontracker.engine.SweepSettings;
import io.sessiontracker.engine.TooManyIndexedPropertiesException;
import io.sessiontracker.engine.UnannouncedChangesException;
import io.sessiontracker.spring.InvalidSessionMethodException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Explains why a tracker could not be configured, and what to change, in the terms of {@code application.yml}. */
final class SessionTrackerFailureAnalyzer implements FailureAnalyzer {

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        FailureAnalysis analysis = null;
        for (Throwable cause = failure; cause != null && analysis == null; cause = cause.getCause()) {
            analysis = analysisOf(cause);
        }
        return analysis;
    }

    private static @Nullable FailureAnalysis analysisOf(Throwable cause) {
        if (cause instanceof ConfigurationFailure failure) {
            return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action(), failure);
        }
        if (cause instanceof InvalidSessionMethodException failure) {
            return new FailureAnalysis(String.valueOf(failure.getMessage()), failure.action(), failure);
        }
        if (cause instanceof DuplicateSessionTypeException failure) {
            return duplicateType(failure);
        }
        if (cause instanceof MissingRetentionException failure) {
            return missingRetention(failure);
        }
        if (cause instanceof TooManyIndexedPropertiesException failure) {
            return tooManyIndexedProperties(failure);
        }
        if (cause instanceof UnannouncedChangesException failure) {
            return unannouncedChanges(failure);
        }
        return cause instanceof ShortRetentionException failure ? shortRetention(failure) : null;
    }

    private static FailureAnalysis duplicateType(DuplicateSessionTypeException failure) {
        return new FailureAnalysis(
                "Two classes are session type \"%s\":%n%n\t- %s%n\t- %s"
                        .formatted(
                                failure.type(),
                                failure.first().getName(),
                                failure.second().getName()),
                "Give one of them another name with @SessionType(\"…\").",
                failure);
    }

    private static FailureAnalysis missingRetention(MissingRetentionException failure) {
        return new FailureAnalysis(
                "A listener for SessionExpired<%s> would never be called: expired sessions of type \"%s\" are not retained."
                        .formatted(failure.sessionClass().getSimpleName(), failure.type()),
                ("Set session-tracker.types.%s.expired-retention to how long an expired session is kept for delivery, such"
                                + " as 10m,%s or remove the listener.")
                        .formatted(
                                failure.type(),
                                failure.queryable()
                                        ? ""
                                        : " and session-tracker.types.%s.queryable to true,".formatted(failure.type())),
                failure);
    }

    private static FailureAnalysis tooManyIndexedProperties(TooManyIndexedPropertiesException failure) {
        String path = failure.type() == null ? "defaults" : "types." + failure.type();
        return new FailureAnalysis(
                "session-tracker.%s.indexed-properties names %d properties; the configured store can index at most %d of a type."
                        .formatted(path, failure.count(), failure.most()),
                "Leave out those that no query needs; queries find sessions by the others, too, and read more for it.",
                failure);
    }

    private static FailureAnalysis unannouncedChanges(UnannouncedChangesException failure) {
        String path = failure.type() == null ? "defaults" : "types." + failure.type();
        return new FailureAnalysis(
                ("session-tracker.%s.near-cache.mode is local, but the configured store does not announce changes: that is done by"
                                + " Redis, other than a Cluster, over Lettuce with a shared connection that reads no replica.")
                        .formatted(path),
                "Set session-tracker.%s.near-cache.mode to validated, which every store can do.".formatted(path),
                failure);
    }

    private static FailureAnalysis shortRetention(ShortRetentionException failure) {
        SweepSettings sweep = failure.sweep();
        return new FailureAnalysis(
                ("A listener for SessionExpired<%s> could miss some: an expired session of type \"%s\" is kept for %s. It is"
                                + " claimed within session-tracker.sweep.interval (%s), and if that instance dies it can be"
                                + " claimed again after session-tracker.sweep.lease (%s), within another interval.")
                        .formatted(
                                failure.sessionClass().getSimpleName(),
                                failure.type(),
                                asInSettings(failure.retention()),
                                asInSettings(sweep.interval()),
                                asInSettings(sweep.lease())),
                "Set session-tracker.types.%s.expired-retention to at least %s, or shorten lease or interval."
                        .formatted(failure.type(), asInSettings(sweep.leastRetention())),
                failure);
    }

    private static String asInSettings(Duration duration) {
        boolean wholeSeconds = duration.toMillisPart() == 0;
        return DurationStyle.SIMPLE.print(duration, wholeSeconds ? ChronoUnit.SECONDS : ChronoUnit.MILLIS);
    }
}
