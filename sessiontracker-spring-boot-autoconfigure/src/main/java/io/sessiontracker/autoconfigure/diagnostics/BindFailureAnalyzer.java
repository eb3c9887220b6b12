package io.sessiontracker.autoconfigure.diagnostics;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import io.sessiontracker.autoconfigure.settings.Lifetime;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/** Explains which values a setting takes that could not be bound; Spring Boot's analysis only says that it could not. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BindFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private static final ConfigurationPropertyName PREFIX =
            ConfigurationPropertyName.of(SessionTrackerProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        String valid = valid(failure.getTarget().getType().resolve(Object.class));
        if (!PREFIX.isAncestorOf(failure.getName()) || property == null || valid == null) {
            return null;
        }
        return new FailureAnalysis(
                "Invalid value '%s' for configuration property '%s' (originating from '%s'). %s"
                        .formatted(property.getValue(), property.getName(), property.getOrigin(), valid),
                "Correct the value of the property.",
                failure);
    }

    private static @Nullable String valid(Class<?> target) {
        if (target == Lifetime.class) {
            return "It must be 'none', or a duration that is not negative, such as 30m or PT30M.";
        }
        if (target == Duration.class) {
            return "It must be a duration, such as 30s, 500ms or PT30S.";
        }
        if (target == DataSize.class) {
            return "It must be a size, such as 32MB.";
        }
        return target.isEnum() ? "It must be " + names(target.getEnumConstants()) + "." : null;
    }

    private static String names(Object[] constants) {
        String[] names = Arrays.stream(constants)
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new);
        int last = names.length - 1;
        return String.join(", ", Arrays.copyOf(names, last)) + " or " + names[last];
    }
}
