package io.sessiontracker.autoconfigure.actuate;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Contributes {@link TrackerHealth} to Spring Boot as {@code lock} and {@code sweep}. */
final class TrackerHealthContributor implements CompositeHealthContributor {

    private final HealthIndicator lock;
    private final HealthIndicator sweep;

    TrackerHealthContributor(TrackerHealth health) {
        this.lock = health::lock;
        this.sweep = health::sweep;
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return switch (name) {
            case "lock" -> lock;
            case "sweep" -> sweep;
            default -> null;
        };
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return Stream.of(new HealthContributors.Entry("lock", lock), new HealthContributors.Entry("sweep", sweep));
    }
}
