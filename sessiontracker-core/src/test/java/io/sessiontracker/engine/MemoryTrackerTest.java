package io.sessiontracker.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.tracker.SessionTrackerContract;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

class MemoryTrackerTest extends SessionTrackerContract {

    private final Map<String, SessionDataProvider> data = new ConcurrentHashMap<>();
    private final Map<String, SessionLockProvider> locks = new ConcurrentHashMap<>();

    @Override
    public SessionDataProvider data(String namespace) {
        return data.computeIfAbsent(namespace, name -> new InMemorySessionDataProvider());
    }

    @Override
    public SessionLockProvider locks(String namespace) {
        return locks.computeIfAbsent(namespace, name -> new InMemorySessionLockProvider());
    }

    @Override
    public long storeTime() {
        return System.currentTimeMillis();
    }
}
