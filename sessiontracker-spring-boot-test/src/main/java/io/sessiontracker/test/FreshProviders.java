package io.sessiontracker.test;

import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.HotSwappableTargetSource;

/** A store and a lock service for a context that serves many tests, and of which each test has its own. */
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

    /** The old store goes first: it must not see its clock go back. */
    void renew() {
        var unusedData = data.swap(new InMemorySessionDataProvider(clock));
        var unusedLocks = locks.swap(new InMemorySessionLockProvider());
        clock.reset();
    }
}
