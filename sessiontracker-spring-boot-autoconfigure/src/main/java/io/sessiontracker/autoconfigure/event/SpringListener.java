package io.sessiontracker.autoconfigure.event;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.function.Predicate;

import io.sessiontracker.Session;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionExpired;
import io.sessiontracker.event.SessionReminder;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * A listener of the application context, with the events that it accepts.
 *
 * @param supports whether Spring calls it with events of a type
 * @param payload the payload that it declares; {@link ResolvableType#NONE} if unknown
 * @param inTransactionsOnly whether it is never called outside a transaction
 * @param description its name in the log
 */
record SpringListener(
        Predicate<ResolvableType> supports, ResolvableType payload, boolean inTransactionsOnly, String description) {

    // By name: the class is missing in an application without Spring's transactions.
    private static final String TRANSACTIONAL = "org.springframework.transaction.event.TransactionalEventListener";

    static SpringListener of(ApplicationListener<?> listener) {
        GenericApplicationListener generic = listener instanceof GenericApplicationListener it
                ? it
                : new GenericApplicationListenerAdapter(listener);
        if (listener instanceof ApplicationListenerMethodAdapter adapter) {
            return ofMethod(generic, adapter.getTargetMethod());
        }
        return new SpringListener(
                generic::supportsEventType,
                declared(ResolvableType.forClass(AopUtils.getTargetClass(listener))),
                false,
                listener.toString());
    }

    private static SpringListener ofMethod(GenericApplicationListener listener, Method method) {
        ResolvableType payload = method.getParameterCount() == 0
                ? ResolvableType.NONE
                : EventTypes.declaredPayload(ResolvableType.forMethodParameter(method, 0));
        MergedAnnotation<?> transactional =
                MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).get(TRANSACTIONAL);
        boolean inTransactionsOnly = transactional.isPresent() && !transactional.getBoolean("fallbackExecution");
        return new SpringListener(listener::supportsEventType, payload, inTransactionsOnly, method.toString());
    }

    /** Describes a listener that does not exist yet, by the declared type of its bean. */
    static SpringListener ofBean(String name, ResolvableType beanType) {
        ResolvableType event = beanType.as(ApplicationListener.class).getGeneric();
        return new SpringListener(event::isAssignableFrom, declared(beanType), false, name);
    }

    private static ResolvableType declared(ResolvableType listenerType) {
        return EventTypes.declaredPayload(
                listenerType.as(ApplicationListener.class).getGeneric());
    }

    boolean acceptsEverything() {
        return supports.test(EventTypes.ANYTHING);
    }

    boolean accepts(Class<?> event, Class<? extends Session> type) {
        return !(inTransactionsOnly && (event == SessionExpired.class || event == SessionReminder.class))
                && supports.test(EventTypes.published(event, type));
    }

    boolean declaresExpired() {
        return payload.toClass() == SessionExpired.class;
    }

    /** Returns the concrete session class that the listener names, if it accepts no other class's events. */
    Optional<Class<? extends Session>> namedType() {
        return declaredType().filter(type -> !Modifier.isAbstract(type.getModifiers()));
    }

    /** Returns the abstract session class that the listener names; no event matches it. */
    Optional<Class<? extends Session>> abstractType() {
        return declaredType().filter(type -> Modifier.isAbstract(type.getModifiers()));
    }

    private Optional<Class<? extends Session>> declaredType() {
        return SessionEvent.class.isAssignableFrom(payload.toClass())
                        && payload.getGeneric().getType() instanceof Class<?> type
                        && Session.class.isAssignableFrom(type)
                        && !supports.test(EventTypes.published(payload.toClass(), OtherSession.class))
                ? Optional.of(type.asSubclass(Session.class))
                : Optional.empty();
    }

    /** A session class that no application can name. */
    private static final class OtherSession extends Session {
        private OtherSession() {
            super("-");
        }
    }
}
