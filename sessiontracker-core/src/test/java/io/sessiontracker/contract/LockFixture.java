package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;

/** What the rules need of the class that runs them. */
interface LockFixture {

    SessionLockProvider provider(String namespace);

    /** Calls for a lock that nobody has used. */
    default LockCalls lock() {
        return lock("checkout", Fresh.key());
    }

    /** Calls for that lock, in a namespace that nobody has used. */
    default LockCalls lock(String type, String key) {
        return new LockCalls(provider(Fresh.namespace()), new SessionAddress(type, key));
    }
}
