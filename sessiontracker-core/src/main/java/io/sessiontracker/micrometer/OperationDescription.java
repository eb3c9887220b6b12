package io.sessiontracker.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/** Describes the meters that Micrometer makes of {@link SessionObservation}: an observation itself has no description. */
public final class OperationDescription implements MeterFilter {

    private static final String OPERATIONS = "session.tracker.operations";

    /** Made to be added to a registry's configuration. */
    public OperationDescription() {}

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(OPERATIONS) || id.getDescription() != null) {
            return id;
        }
        String description = id.getName().endsWith(".active")
                ? "Operations on sessions that are under way"
                : "Operations on sessions, from the call to its answer";
        return new Meter.Id(id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
    }
}
