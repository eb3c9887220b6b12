package io.sessiontracker.spring;

import java.lang.reflect.Method;

import io.sessiontracker.Session;
import io.sessiontracker.WithSession;

/**
 * A method that can work as its annotation says.
 *
 * @param parameter which one is the session
 * @param description its class, name and parameter types
 */
record SessionMethod(
        Method method, WithSession annotation, Class<? extends Session> type, int parameter, String description) {

    int attempts() {
        return annotation.attempts();
    }
}
