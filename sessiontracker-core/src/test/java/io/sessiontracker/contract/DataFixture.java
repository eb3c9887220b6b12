package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;

/** What the rules need of the class that runs them. */
interface DataFixture {

    SessionDataProvider provider(String namespace);

    long storeTime();

    /** Calls on an address that nobody has used. */
    default SessionCalls session() {
        return session("checkout", Fresh.key());
    }

    /** Calls on that address, in a namespace that nobody has used. */
    default SessionCalls session(String type, String key) {
        return new SessionCalls(provider(Fresh.namespace()), new SessionAddress(type, key));
    }

    /** Calls on a type's sessions, in a namespace that nobody has used. */
    default TypeCalls type() {
        return new TypeCalls(provider(Fresh.namespace()), "checkout");
    }
}
