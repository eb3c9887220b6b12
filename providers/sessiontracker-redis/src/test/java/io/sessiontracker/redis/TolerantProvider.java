package io.sessiontracker.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Supplier;

import io.sessiontracker.history.Ticks;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionDataProvider;
import org.jspecify.annotations.Nullable;

/**
 * A store that is given two thirds of a tick of each sliding lifetime as its tolerance: a touch or a write that does not add it
 * leaves the session a tick short.
 */
final class TolerantProvider {

    private static final long TOLERANCE = Ticks.TICK.toMillis() * 2 / 3;

    private final Supplier<SessionDataProvider> source;
    private SessionDataProvider current;

    TolerantProvider(Supplier<SessionDataProvider> source) {
        this.source = source;
        this.current = source.get();
    }

    /** Forgets what was touched. */
    void renew() {
        current = source.get();
    }

    SessionDataProvider proxy() {
        return (SessionDataProvider) Proxy.newProxyInstance(
                SessionDataProvider.class.getClassLoader(),
                new Class<?>[] {SessionDataProvider.class},
                (proxy, method, arguments) -> invoke(method, arguments));
    }

    private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(
                    current,
                    arguments == null
                            ? null
                            : Arrays.stream(arguments)
                                    .map(each -> each instanceof Lifetimes lifetimes ? tolerant(lifetimes) : each)
                                    .toArray());
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Lifetimes tolerant(Lifetimes exact) {
        return exact.sliding() == 0
                ? exact
                : new Lifetimes(
                                exact.absolute(),
                                exact.absoluteAt(),
                                exact.sliding() - TOLERANCE,
                                exact.retention(),
                                TOLERANCE)
                        .withQueryable(exact.queryable())
                        .withAnnounced(exact.announced());
    }
}
