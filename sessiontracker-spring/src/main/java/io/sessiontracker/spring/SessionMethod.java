package io.sessiontracker.spring;

import java.lang.reflect.Method;

import io.sessiontracker.Session;
import io.sessiontracker.WithSession;

/**
 * A method with a valid {@link WithSession} annotation.
 *
 * @param parameter the index of the session's parameter
 * @param description its class, name and parameter types
 */
record SessionMethod(
        Method method, WithSession annotation, Class<? extends Session> type, int parameter, String description) {

    int attempts() {
        return annotation.attempts();
    }
}
