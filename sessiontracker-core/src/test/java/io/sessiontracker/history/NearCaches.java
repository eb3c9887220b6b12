package io.sessiontracker.history;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.cache.NearCachedDataProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;

/** The near caches of two instances over one store. */
public final class NearCaches {

    private NearCaches() {}

    /** Returns a provider that makes every third call by the other instance, so that copies of each become stale. */
    public static SessionDataProvider over(SessionDataProvider store) {
        SessionDataProvider one = nearCached(store);
        SessionDataProvider other = nearCached(store);
        AtomicInteger calls = new AtomicInteger();
        return (SessionDataProvider) Proxy.newProxyInstance(
                NearCaches.class.getClassLoader(),
                new Class<?>[] {SessionDataProvider.class},
                (proxy, method, args) -> {
                    try {
                        return method.invoke(calls.incrementAndGet() % 3 == 0 ? other : one, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static SessionDataProvider nearCached(SessionDataProvider store) {
        return new NearCachedDataProvider(
                store,
                type -> NearCacheSettings.of(NearCacheMode.VALIDATED),
                null,
                NearCacheSettings.MAX_STALENESS,
                1 << 20,
                SessionInstrumentation.NONE);
    }
}
