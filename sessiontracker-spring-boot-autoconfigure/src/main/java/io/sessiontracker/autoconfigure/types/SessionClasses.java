package io.sessiontracker.autoconfigure.types;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;

/**
 * The session classes under the application's packages that are known from start-up: those with {@link SessionType}, and those
 * without it whose name is configured.
 *
 * @param types in the order of their names
 */
public record SessionClasses(List<Class<? extends Session>> types) {

    private static final Logger logger = LoggerFactory.getLogger(SessionClasses.class);

    /**
     * Searches the packages of the application.
     *
     * @param configured the names of types that have settings
     */
    public static SessionClasses of(ApplicationContext context, Set<String> configured) {
        if (!AutoConfigurationPackages.has(context)) {
            return new SessionClasses(List.of());
        }
        Scanner annotated = new Scanner(context, new AnnotationTypeFilter(SessionType.class, false, false));
        Scanner sessions = new Scanner(context, new AssignableTypeFilter(Session.class));
        List<String> names = annotated.classNames();
        Map<String, List<Class<? extends Session>>> others = configured.isEmpty()
                ? Map.of()
                : sessions.classNames().stream()
                        .filter(name -> !names.contains(name))
                        .flatMap(name -> concreteSessionClass(name, context.getClassLoader()).stream())
                        .collect(Collectors.groupingBy(SessionInternals::requireTypeName));
        return new SessionClasses(Stream.concat(
                        names.stream().map(name -> sessionClass(name, context.getClassLoader())),
                        // Of several classes with one name, the first one that is used gets it.
                        others.entrySet().stream()
                                .filter(entry -> configured.contains(entry.getKey())
                                        && entry.getValue().size() == 1)
                                .map(entry -> entry.getValue().get(0)))
                .sorted(Comparator.comparing(Class::getName))
                .<Class<? extends Session>>map(type -> type)
                .toList());
    }

    /** Leaves out what cannot be a session, or cannot be loaded: without the annotation it need not be one. */
    private static Optional<Class<? extends Session>> concreteSessionClass(String name, @Nullable ClassLoader loader) {
        try {
            Class<? extends Session> type =
                    ClassUtils.resolveClassName(name, loader).asSubclass(Session.class);
            SessionInternals.requireTypeName(type);
            return Modifier.isAbstract(type.getModifiers()) ? Optional.empty() : Optional.of(type);
        } catch (IllegalArgumentException | IllegalStateException notUsable) {
            return Optional.empty();
        }
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
     * Warns of configured types that no known class has: a class of a library may still be used later, but a misspelt name is
     * more likely.
     */
    public void warnOfUnknown(Set<String> configured, Set<Class<? extends Session>> namedByListeners) {
        Set<String> unknown = new TreeSet<>(configured);
        unknown.removeAll(Stream.concat(types.stream(), namedByListeners.stream())
                .map(SessionInternals::requireTypeName)
                .collect(Collectors.toSet()));
        if (!unknown.isEmpty()) {
            logger.warn(
                    "No session class under the application's packages, nor any that a listener names, has a name that is"
                            + " configured under session-tracker.types: {}. That is fine for a class elsewhere, which becomes"
                            + " known at its first use; otherwise correct the name, or give the class a @SessionType",
                    unknown);
        }
    }

    /** Finds every class that fits: an annotated one that cannot be a session is an error, not to be skipped. */
    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

        private final ApplicationContext context;

        Scanner(ApplicationContext context, TypeFilter filter) {
            super(false, context.getEnvironment());
            this.context = context;
            setResourceLoader(context);
            addIncludeFilter(filter);
        }

        List<String> classNames() {
            return AutoConfigurationPackages.get(context).stream()
                    .flatMap(applicationPackage -> findCandidateComponents(applicationPackage).stream())
                    .map(found -> String.valueOf(found.getBeanClassName()))
                    .distinct()
                    .sorted()
                    .toList();
        }

        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return true;
        }
    }
}
