package io.sessiontracker.autoconfigure.types;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionType;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The {@link SessionType} classes under the application's packages, known from start-up.
 *
 * @param types in the order of their names
 */
public record SessionClasses(List<Class<? extends Session>> types) {

    private static final Logger logger = LoggerFactory.getLogger(SessionClasses.class);

    /** Searches the packages of the application. */
    public static SessionClasses of(ApplicationContext context) {
        if (!AutoConfigurationPackages.has(context)) {
            return new SessionClasses(List.of());
        }
        Scanner scanner = new Scanner(context);
        return new SessionClasses(AutoConfigurationPackages.get(context).stream()
                .flatMap(applicationPackage -> scanner.findCandidateComponents(applicationPackage).stream())
                .map(found -> String.valueOf(found.getBeanClassName()))
                .distinct()
                .sorted()
                .<Class<? extends Session>>map(name -> sessionClass(name, context.getClassLoader()))
                .toList());
    }

    /** Returns the classes of these names, which were found ahead of time. */
    public static SessionClasses named(String... names) {
        return new SessionClasses(Arrays.stream(names)
                .<Class<? extends Session>>map(name -> sessionClass(name, null))
                .toList());
    }

    private static Class<? extends Session> sessionClass(String name, @Nullable ClassLoader loader) {
        Class<?> type = ClassUtils.resolveClassName(name, loader);
        if (!Session.class.isAssignableFrom(type)) {
            throw new ConfigurationFailure(
                    name + " is annotated with @SessionType but is not a session.",
                    "Let it extend " + Session.class.getName() + ", or remove the annotation.");
        }
        return requireTypeName(type.asSubclass(Session.class));
    }

    private static Class<? extends Session> requireTypeName(Class<? extends Session> type) {
        try {
            SessionInternals.requireTypeName(type);
            return type;
        } catch (IllegalStateException noTypeName) {
            throw new ConfigurationFailure(
                    String.valueOf(noTypeName.getMessage()), "Correct the name in the annotation.");
        }
    }

    /**
     * Warns of configured types that no known class has: a class without the annotation may still be used later, but a misspelt
     * name is more likely.
     */
    public void warnOfUnknown(Set<String> configured, Set<Class<? extends Session>> namedByListeners) {
        Set<String> unknown = new TreeSet<>(configured);
        unknown.removeAll(Stream.concat(types.stream(), namedByListeners.stream())
                .map(SessionInternals::requireTypeName)
                .collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            logger.warn(
                    "No class with @SessionType under the application's packages, nor any class that a listener names, has a"
                            + " name that is configured under session-tracker.types: {}. That is fine for a class without the"
                            + " annotation, which becomes known at its first use",
                    unknown);
        }
    }

    /** Finds every annotated class: one that cannot be a session is an error, not to be skipped. */
    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

        Scanner(ApplicationContext context) {
            super(false, context.getEnvironment());
            setResourceLoader(context);
            addIncludeFilter(new AnnotationTypeFilter(SessionType.class, false, false));
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return true;
        }
    }
}
