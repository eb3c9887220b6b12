package io.sessiontracker.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.FencingContract;
import io.sessiontracker.contract.LockStateContract;
import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;

class InMemorySessionLockProviderContractTest extends SessionLockProviderContract
        implements LockStateContract, FencingContract {

    private final Map<String, SessionLockProvider> namespaces = new ConcurrentHashMap<>();

    @Override
    public SessionLockProvider provider(String namespace) {
        return namespaces.computeIfAbsent(namespace, name -> new InMemorySessionLockProvider());
    }
}
