package io.sessiontracker.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.ConditionalReadContract;
import io.sessiontracker.contract.LockProviderRecordContract;
import io.sessiontracker.contract.SessionDataProviderContract;
import io.sessiontracker.spi.SessionDataProvider;

class InMemorySessionDataProviderContractTest extends SessionDataProviderContract
        implements ConditionalReadContract, LockProviderRecordContract {

    private final Map<String, SessionDataProvider> namespaces = new ConcurrentHashMap<>();

    @Override
    public SessionDataProvider provider(String namespace) {
        return namespaces.computeIfAbsent(namespace, name -> new InMemorySessionDataProvider());
    }

    @Override
    public long storeTime() {
        return System.currentTimeMillis();
    }
}
