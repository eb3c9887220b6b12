package io.sessiontracker.micrometer;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** How an operation on sessions is named and tagged; an implementation replaces {@link DefaultSessionObservationConvention}. */
public interface SessionObservationConvention extends ObservationConvention<SessionObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof SessionObservationContext;
    }
}
