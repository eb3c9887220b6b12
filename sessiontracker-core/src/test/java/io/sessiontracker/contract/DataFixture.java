package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;

/** What the contracts need of the class that runs them. */
interface DataFixture {

    SessionDataProvider provider(String namespace);

    long storeTime();

    /** Calls on an unused address. */
    default SessionCalls session() {
        return session("checkout", Fresh.key());
    }

    /** Calls on that address, in an unused namespace. */
    default SessionCalls session(String type, String key) {
        return new SessionCalls(provider(Fresh.namespace()), new SessionAddress(type, key));
    }

    /** Calls on a type's sessions, in an unused namespace. */
    default TypeCalls type() {
        return new TypeCalls(provider(Fresh.namespace()), "checkout");
    }
}
