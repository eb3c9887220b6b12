package io.sessiontracker.micrometer;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of operations. */
public enum SessionObservation implements ObservationDocumentation {

    /** An operation on one session or on many, from its call to its answer. */
    OPERATION {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultSessionObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinality.values();
        }

        @Override
        public String getPrefix() {
            return "session.tracker";
        }
    };

    /** Few values each: fit for a metric. */
    public enum LowCardinality implements KeyName {

        /** The session type's name. */
        TYPE,

        /** The method's name: of {@code SessionTracker}, or of {@code SessionQuery}. */
        OPERATION,

        /**
         * {@code success}; why nothing was done: {@code not_found}, {@code already_finished}, {@code already_resumed}, {@code
         * in_progress}, {@code version_conflict}, {@code lock_not_acquired}; {@code error} where something is broken; {@code
         * unknown} before the end.
         */
        OUTCOME;

        @Override
        public String asString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
