package io.sessiontracker.micrometer;

import io.micrometer.common.KeyValues;
import io.sessiontracker.SessionError;
import org.jspecify.annotations.Nullable;

import static io.sessiontracker.micrometer.SessionObservation.LowCardinality.OPERATION;
import static io.sessiontracker.micrometer.SessionObservation.LowCardinality.OUTCOME;
import static io.sessiontracker.micrometer.SessionObservation.LowCardinality.TYPE;

/** {@code session.tracker.operations} with {@link SessionObservation.LowCardinality}; no keys, and nothing that a session holds. */
public class DefaultSessionObservationConvention implements SessionObservationConvention {

    /** Creates the convention. */
    public DefaultSessionObservationConvention() {}

    @Override
    public String getName() {
        return "session.tracker.operations";
    }

    @Override
    public String getContextualName(SessionObservationContext context) {
        return context.operation() + " " + context.type();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(SessionObservationContext context) {
        return KeyValues.of(
                TYPE.withValue(context.type()),
                OPERATION.withValue(context.operation()),
                OUTCOME.withValue(outcome(context)));
    }

    private static String outcome(SessionObservationContext context) {
        if (context.getError() != null) {
            return "error";
        }
        return context.hasEnded() ? outcome(context.failure()) : "unknown";
    }

    private static String outcome(@Nullable SessionError failure) {
        if (failure == null) {
            return "success";
        } else if (failure instanceof SessionError.NotFound) {
            return "not_found";
        } else if (failure instanceof SessionError.AlreadyFinished) {
            return "already_finished";
        } else if (failure instanceof SessionError.AlreadyResumed) {
            return "already_resumed";
        } else if (failure instanceof SessionError.InProgress) {
            return "in_progress";
        }
        return failure instanceof SessionError.VersionConflict ? "version_conflict" : "lock_not_acquired";
    }
}
