package io.sessiontracker.spi.state;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.sessiontracker.contract.ConditionalReadContract;
import io.sessiontracker.contract.LockProviderRecordContract;
import io.sessiontracker.contract.SessionDataProviderContract;
import io.sessiontracker.spi.SessionDataProvider;

class KeyStateDataProviderContractTest extends SessionDataProviderContract
        implements ConditionalReadContract, LockProviderRecordContract {

    private final Map<String, SessionDataProvider> namespaces = new ConcurrentHashMap<>();

    @Override
    public SessionDataProvider provider(String namespace) {
        return namespaces.computeIfAbsent(
                namespace, name -> new KeyStateDataProvider(new MapKeyStateStore(Clock.systemUTC())));
    }

    @Override
    public long storeTime() {
        return System.currentTimeMillis();
    }
}
