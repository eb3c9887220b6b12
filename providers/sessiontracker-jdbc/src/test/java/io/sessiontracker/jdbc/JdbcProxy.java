package io.sessiontracker.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Lets tests see and change what an object of the driver is asked for. */
final class JdbcProxy {

    private JdbcProxy() {}

    /** What is done instead of a call. */
    interface Call {
        Object invoke(Method method, Object[] arguments) throws Exception;
    }

    /** Returns an object of an interface whose calls go to that one; they throw what the driver throws. */
    static <T> T of(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.invoke(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
