package io.sessiontracker.micrometer;

import java.util.Objects;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.sessiontracker.SessionError;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;

/** Observes each operation: a timer with meters, a span with tracing. */
public final class SessionObservations implements SessionInstrumentation {

    private static final SessionObservationConvention DEFAULT = new DefaultSessionObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable SessionObservationConvention convention;

    /**
     * In that registry.
     *
     * @param convention in place of {@link DefaultSessionObservationConvention}; null for that one, or the registry's
     */
    public SessionObservations(ObservationRegistry registry, @Nullable SessionObservationConvention convention) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.convention = convention;
    }

    @Override
    public Operation begin(String operation, String type, @Nullable String key) {
        if (registry.isNoop()) {
            return Operation.IGNORED;
        }
        SessionObservationContext context = new SessionObservationContext(operation, type, key);
        Observation observation = SessionObservation.OPERATION.start(convention, DEFAULT, () -> context, registry);
        return observation.isNoop() ? Operation.IGNORED : new Begun(observation, context, observation.openScope());
    }

    /** Current in the caller's thread until its part is done, so that what it asks of drivers becomes part of it. */
    private record Begun(Observation observation, SessionObservationContext context, Observation.Scope scope)
            implements Operation {

        @Override
        public void sent() {
            scope.close();
        }

        @Override
        public void ended(@Nullable SessionError error, @Nullable Throwable failure) {
            context.end(error);
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }
    }
}
