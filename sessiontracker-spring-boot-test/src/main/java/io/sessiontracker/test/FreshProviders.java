package io.sessiontracker.test;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;

/** The store and the lock service of a context that many tests share; each test gets empty ones. */
final class FreshProviders {

    private final TestClock clock;
    private final HotSwappableTargetSource data;
    private final HotSwappableTargetSource locks;

    FreshProviders(TestClock clock) {
        this.clock = clock;
        this.data = new HotSwappableTargetSource(new InMemorySessionDataProvider(clock));
        this.locks = new HotSwappableTargetSource(new InMemorySessionLockProvider());
    }

    SessionDataProvider data() {
        return ProxyFactory.getProxy(SessionDataProvider.class, data);
    }

    SessionLockProvider locks() {
        return ProxyFactory.getProxy(SessionLockProvider.class, locks);
    }

    /** Replaces the store before it resets the clock, which must not go back for a store in use. */
    void renew() {
        var unusedData = data.swap(new InMemorySessionDataProvider(clock));
        var unusedLocks = locks.swap(new InMemorySessionLockProvider());
        clock.reset();
    }
}
