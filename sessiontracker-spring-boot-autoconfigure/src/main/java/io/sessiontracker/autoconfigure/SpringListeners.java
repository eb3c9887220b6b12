package io.sessiontracker.autoconfigure;

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
 * The listeners of a context and its parents that name events of sessions. One that takes any event, be it an annotated method
 * for {@code Object} or an {@code ApplicationListener<ApplicationEvent>}, is not among them: there are such in every
 * application, and none of them is about sessions.
 *
 * <p>To be made when all singletons are there, as only then Spring has found the annotated methods. No bean is made for it.
 */
record SpringListeners(Collection<SpringListener> all) {

    private static final Logger logger = LoggerFactory.getLogger(SpringListeners.class);

    static SpringListeners of(ApplicationContext context) {
        return new SpringListeners(Stream.iterate(context, SpringListeners::isThere, ApplicationContext::getParent)
                .filter(AbstractApplicationContext.class::isInstance)
                .flatMap(it -> in((AbstractApplicationContext) it))
                .filter(listener -> !listener.takesEverything())
                .toList());
    }

    private static boolean isThere(@Nullable ApplicationContext context) {
        return context != null;
    }

    /** What is registered by now, and beans that Spring makes when the first event comes that they take. */
    private static Stream<SpringListener> in(AbstractApplicationContext context) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        return Stream.concat(
                context.getApplicationListeners().stream().map(SpringListener::of),
                Arrays.stream(beans.getBeanNamesForType(ApplicationListener.class, true, false))
                        .map(name -> SpringListener.ofBean(name, typeOf(name, beans))));
    }

    /** A factory method's return type tells more than the class of the lambda that it returns. */
    private static ResolvableType typeOf(String name, ConfigurableListableBeanFactory beans) {
        ResolvableType declared = beans.containsBeanDefinition(name)
                ? beans.getMergedBeanDefinition(name).getResolvableType()
                : ResolvableType.NONE;
        return ResolvableType.NONE.equals(declared.as(ApplicationListener.class))
                ? ResolvableType.forClass(beans.getType(name, false))
                : declared;
    }

    boolean anyTakes(Class<?> event, Class<? extends Session> type) {
        return all.stream().anyMatch(listener -> listener.takes(event, type));
    }

    /** The classes whose events somebody takes. */
    Set<Class<? extends Session>> namedTypes() {
        return namedTypes(listener -> true);
    }

    /** The classes whose expiry somebody waits for. */
    Set<Class<? extends Session>> namedForExpiry() {
        return namedTypes(listener -> listener.declaresExpired() && !listener.inTransactionsOnly());
    }

    private Set<Class<? extends Session>> namedTypes(Predicate<SpringListener> filter) {
        return all.stream()
                .filter(filter)
                .flatMap(listener -> listener.namedType().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells of listeners that wait for what they never hear. */
    void tellOfDeaf() {
        for (SpringListener listener : all) {
            if (listener.declaresExpired() && listener.inTransactionsOnly()) {
                logger.warn(
                        "{} is never called: sessions expire outside of transactions, and it does not say"
                                + " fallbackExecution = true",
                        listener.description());
            }
            listener.abstractType()
                    .ifPresent(type -> logger.warn(
                            "{} is never called: no session is a {} and nothing more; let it take ? extends {}",
                            listener.description(),
                            type.getSimpleName(),
                            type.getSimpleName()));
        }
    }
}
