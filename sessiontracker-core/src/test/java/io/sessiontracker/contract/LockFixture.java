package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;

/** What the rules need of the class that runs them. */
interface LockFixture {

    SessionLockProvider provider(String namespace);

    /** Calls for an unused lock. */
    default LockCalls lock() {
        return lock("checkout", Fresh.key());
    }

    /** Calls for that lock, in an unused namespace. */
    default LockCalls lock(String type, String key) {
        return new LockCalls(provider(Fresh.namespace()), new SessionAddress(type, key));
    }
}
