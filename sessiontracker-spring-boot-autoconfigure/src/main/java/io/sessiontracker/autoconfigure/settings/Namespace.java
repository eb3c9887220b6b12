package io.sessiontracker.autoconfigure.settings;

import io.sessiontracker.spi.support.Namespaces;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The name that keeps this application's sessions apart from another's in the same store. */
public record Namespace(String value) {

    private static final Logger logger = LoggerFactory.getLogger(Namespace.class);

    private static final String PROPERTY = SessionTrackerProperties.PREFIX + ".namespace";
    private static final String APPLICATION_NAME = "spring.application.name";
    private static final String FALLBACK = "session-tracker";

    /**
     * Returns the configured namespace, else the application's name, else a fallback with a warning.
     *
     * @throws InvalidConfigurationPropertyValueException if the name cannot be a namespace
     */
    public static Namespace of(@Nullable String configured, Environment environment) {
        if (configured != null) {
            return namespace(PROPERTY, configured, "It must be " + Namespaces.RULE + ".");
        }
        String application = environment.getProperty(APPLICATION_NAME);
        if (StringUtils.hasText(application)) {
            return namespace(
                    APPLICATION_NAME,
                    application,
                    "It is also the namespace of the application's sessions, which must be " + Namespaces.RULE
                            + ". Set " + PROPERTY + " to one that is.");
        }
        logger.warn(
                "Neither {} nor {} is set. Sessions are stored in the namespace \"{}\", together with those of every"
                        + " other application without a name.",
                PROPERTY,
                APPLICATION_NAME,
                FALLBACK);
        return new Namespace(FALLBACK);
    }

    private static Namespace namespace(String property, String value, String reason) {
        if (!Namespaces.isValid(value)) {
            throw new InvalidConfigurationPropertyValueException(property, value, reason);
        }
        return new Namespace(value);
    }
}
