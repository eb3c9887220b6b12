package io.sessiontracker.autoconfigure;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Tells of settings under our prefix that nothing reads: most likely one is misspelt, and a session would live as long as
 * nobody meant. No error, as the settings may be those of a later release that runs beside this one.
 */
final class UnknownPropertyCheck {

    private static final Logger logger = LoggerFactory.getLogger(UnknownPropertyCheck.class);

    private UnknownPropertyCheck() {}

    static void tell(Environment environment) {
        List<String> unknown = in(environment);
        if (!unknown.isEmpty()) {
            logger.warn("Settings that nothing reads; are their names right? {}", unknown);
        }
    }

    private static List<String> in(Environment environment) {
        BindHandler handler = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        try {
            var unused = Binder.get(environment)
                    .bind(SessionTrackerProperties.PREFIX, Bindable.of(SessionTrackerProperties.class), handler);
            return List.of();
        } catch (BindException failed) {
            return failed.getCause() instanceof UnboundConfigurationPropertiesException unbound
                    ? unbound.getUnboundProperties().stream()
                            .map(property -> property.getName().toString())
                            .sorted()
                            .toList()
                    : List.of();
        }
    }
}
