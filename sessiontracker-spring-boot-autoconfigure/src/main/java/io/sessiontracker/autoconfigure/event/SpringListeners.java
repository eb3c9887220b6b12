package io.sessiontracker.autoconfigure.event;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * The listeners of a context and its parents that name session events. A listener that accepts any event, such as an annotated
 * method with an {@code Object} or an {@code ApplicationListener<ApplicationEvent>}, does not count: every application has
 * some, and they are not about sessions.
 *
 * <p>Created after all singletons, as Spring finds annotated methods only then. Creates no bean.
 */
record SpringListeners(Collection<SpringListener> all) {

    private static final Logger logger = LoggerFactory.getLogger(SpringListeners.class);

    static SpringListeners of(ApplicationContext context) {
        return new SpringListeners(Stream.iterate(context, SpringListeners::exists, ApplicationContext::getParent)
                .filter(AbstractApplicationContext.class::isInstance)
                .flatMap(it -> in((AbstractApplicationContext) it))
                .filter(listener -> !listener.acceptsEverything())
                .toList());
    }

    private static boolean exists(@Nullable ApplicationContext context) {
        return context != null;
    }

    /** Those registered already, and beans that Spring creates at the first event that they accept. */
    private static Stream<SpringListener> in(AbstractApplicationContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        return Stream.concat(
                context.getApplicationListeners().stream().map(SpringListener::of),
                Arrays.stream(beans.getBeanNamesForType(ApplicationListener.class, true, false))
                        .map(name -> SpringListener.ofBean(name, typeOf(name, beans))));
    }

    /** A factory method's return type has the generics that the class of a returned lambda lacks. */
    private static ResolvableType typeOf(String name, ConfigurableListableBeanFactory beans) {
        ResolvableType declared = beans.containsBeanDefinition(name)
                ? beans.getMergedBeanDefinition(name).getResolvableType()
                : ResolvableType.NONE;
        return ResolvableType.NONE.equals(declared.as(ApplicationListener.class))
                ? ResolvableType.forClass(beans.getType(name, false))
                : declared;
    }

    boolean anyAccepts(Class<?> event, Class<? extends Session> type) {
        return all.stream().anyMatch(listener -> listener.accepts(event, type));
    }

    /** Returns the session classes that listeners name. */
    Set<Class<? extends Session>> namedTypes() {
        return namedTypes(listener -> true);
    }

    /** Returns the session classes whose expiry listeners name. */
    Set<Class<? extends Session>> namedForExpiry() {
        return namedTypes(listener -> listener.declaresExpired() && !listener.inTransactionsOnly());
    }

    private Set<Class<? extends Session>> namedTypes(Predicate<SpringListener> filter) {
        return all.stream()
                .filter(filter)
                .flatMap(listener -> listener.namedType().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Warns of listeners that no event can reach. */
    void warnOfUnreachable() {
        for (SpringListener listener : all) {
            if (listener.declaresExpired() && listener.inTransactionsOnly()) {
                logger.warn(
                        "{} is never called: sessions expire outside of transactions, and it does not"
                                + " declare fallbackExecution = true",
                        listener.description());
            }
            listener.abstractType()
                    .ifPresent(type -> logger.warn(
                            "{} is never called: {} is abstract; declare ? extends {}",
                            listener.description(),
                            type.getSimpleName(),
                            type.getSimpleName()));
        }
    }
}
