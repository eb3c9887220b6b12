package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionLockProvider;

/**
 * Holds a {@link SessionLockProvider} to its Javadoc. A subclass says how to make one; the tests are inherited.
 *
 * <p>The test of a provider that knows who holds a lock implements {@link LockStateContract}, too, that of one which grants fencing
 * tokens {@link FencingContract}.
 *
 * <p>Locks that a test leaves are those of keys that no other test has. A provider may block until it answers: where a test
 * needs a waiter and a holder at once, each asks from a thread of its own.
 */
public abstract class SessionLockProviderContract
        implements HoldingContract,
                LeaseContract,
                WaitingContract,
                CancellationContract,
                LockSeparationContract,
                ContentionContract {

    /** For tests in a subclass: the contract needs nothing of it. */
    protected SessionLockProviderContract() {}

    /**
     * Returns a provider that knows only that namespace. For the same namespace it may return the same one, or another that
     * sees the same locks. The contract closes none.
     *
     * @param namespace 1 to 64 of ASCII letters, digits and {@code . _ - :}
     */
    @Override
    public abstract SessionLockProvider provider(String namespace);
}
