package io.sessiontracker.autoconfigure.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/** Warns of settings that are valid, and most likely a mistake. */
public final class SettingsCheck {

    private static final Logger logger = LoggerFactory.getLogger(SettingsCheck.class);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private SettingsCheck() {}

    /** Warns of names that nothing reads. No error: a later release that runs beside this one may know them. */
    public static void warnOfUnknownNames(ApplicationContext context) {
        Map<String, ResolvableType> groups = groups(context);
        List<String> unknown = groups.entrySet().stream()
                .flatMap(group -> unbound(context.getEnvironment(), group.getKey(), group.getValue())
                        .filter(name ->
                                groups.keySet().stream().noneMatch(other -> isInner(other, group.getKey(), name))))
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            logger.warn("Settings that nothing reads; are their names right? {}", unknown);
        }
    }

    /** Returns the settings by what their names begin with: those of the store, such as JDBC's, are a class of their own. */
    private static Map<String, ResolvableType> groups(ApplicationContext context) {
        return ConfigurationPropertiesBean.getAll(context).values().stream()
                .filter(bean -> bean.getAnnotation().prefix().startsWith(SessionTrackerProperties.PREFIX))
                .collect(Collectors.toMap(
                        bean -> bean.getAnnotation().prefix(),
                        bean -> bean.asBindTarget().getType(),
                        (first, second) -> first));
    }

    private static boolean isInner(String group, String outer, String name) {
        return group.startsWith(outer + ".") && name.startsWith(group + ".");
    }

    private static Stream<String> unbound(Environment environment, String prefix, ResolvableType type) {
        BindHandler handler = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        try {
            var unused = Binder.get(environment).bind(prefix, Bindable.of(type), handler);
            return Stream.of();
        } catch (BindException failed) {
            return failed.getCause() instanceof UnboundConfigurationPropertiesException unbound
                    ? unbound.getUnboundProperties().stream()
                            .map(property -> property.getName().toString())
                    : Stream.of();
        }
    }

    /** Warns of lifetimes below a second: a unit is probably missing, and a number without one is milliseconds. */
    public static void warnOfShortLifetimes(SessionTrackerProperties properties) {
        List<String> found = shortLifetimes(properties);
        if (!found.isEmpty()) {
            logger.warn(
                    "Lifetimes below one second; a number without a unit is milliseconds. {}",
                    String.join("; ", found));
        }
    }

    private static List<String> shortLifetimes(SessionTrackerProperties properties) {
        List<String> found = new ArrayList<>();
        check(SessionTrackerProperties.PREFIX + ".defaults", properties.defaults(), found);
        properties
                .types()
                .forEach((name, type) -> check(SessionTrackerProperties.PREFIX + ".types." + name, type, found));
        return found;
    }

    private static void check(String path, SessionTrackerProperties.Type type, List<String> found) {
        check(path + ".absolute-expiration", type.absoluteExpiration(), found);
        check(path + ".sliding-expiration", type.slidingExpiration(), found);
        check(path + ".expired-retention", type.expiredRetention(), found);
        check(path + ".finished.absolute-expiration", type.finished().absoluteExpiration(), found);
        check(path + ".finished.sliding-expiration", type.finished().slidingExpiration(), found);
    }

    private static void check(String property, @Nullable Lifetime lifetime, List<String> found) {
        Duration duration = lifetime == null ? null : lifetime.duration();
        if (duration != null && duration.compareTo(SECOND) < 0) {
            long number = Math.max(1, duration.toMillis());
            found.add("%s is %d ms: was %dm, or %ds, meant?".formatted(property, duration.toMillis(), number, number));
        }
    }
}
