package io.sessiontracker.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

import io.sessiontracker.Session;
import io.sessiontracker.WithSession;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.beans.BeanUtils;
import org.springframework.util.Assert;

/**
 * A method with a valid {@link WithSession} annotation.
 *
 * @param <S> the session's class
 * @param parameter the index of the session's parameter
 * @param constructor of the session's class, with the key; null if the method does not start sessions
 * @param description its class, name and parameter types
 */
record SessionMethod<S extends Session>(
        Method method,
        WithSession annotation,
        Class<S> type,
        int parameter,
        @Nullable Constructor<S> constructor,
        MethodCompletion completion,
        String description) {

    /** Creates the session to be started. What its constructor throws passes unchanged if it is unchecked. */
    S create(String key) {
        Assert.state(constructor != null, "The method does not start sessions");
        try {
            return BeanUtils.instantiateClass(constructor, key);
        } catch (BeanInstantiationException failed) {
            throw failed.getCause() instanceof RuntimeException thrown ? thrown : failed;
        }
    }
}
