package io.sessiontracker.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.LookRules;
import io.sessiontracker.contract.SessionLockProviderContract;
import io.sessiontracker.spi.SessionLockProvider;

class InMemorySessionLockProviderContractTest extends SessionLockProviderContract implements LookRules {

    private final Map<String, SessionLockProvider> namespaces = new ConcurrentHashMap<>();

    @Override
    public SessionLockProvider provider(String namespace) {
        return namespaces.computeIfAbsent(namespace, name -> new InMemorySessionLockProvider());
    }
}
