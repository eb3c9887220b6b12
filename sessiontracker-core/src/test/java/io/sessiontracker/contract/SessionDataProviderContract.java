package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionDataProvider;

/**
 * Holds a {@link SessionDataProvider} to its Javadoc. A subclass says how to make one; the tests are inherited.
 * It also implements {@link ConditionalReadContract} and {@link LockProviderRecordContract} if its store can do that.
 *
 * <p>Nothing is ever cleared away: a subclass need not flush its store, and should give all its providers one store.
 */
public abstract class SessionDataProviderContract
        implements StartContract,
                ReadContract,
                UpdateContract,
                FinishContract,
                ResumeContract,
                DeleteContract,
                ResentStartContract,
                ResentUpdateContract,
                ResentTransitionContract,
                ResentDeleteContract,
                LifetimeContract,
                SlidingContract,
                ExpiryContract,
                ContentContract,
                SeparationContract,
                RaceContract,
                ChangeTimeContract,
                ScanContract,
                CountContract,
                IndexContract,
                QueryableContract,
                ClaimContract,
                AcknowledgementContract,
                ReminderContract,
                ExpiredGenerationsContract,
                OwnerContract {

    /** For tests in a subclass: the contract needs nothing of it. */
    protected SessionDataProviderContract() {}

    /**
     * Returns a provider that knows only that namespace. For the same namespace it may return the same one, or another that
     * sees the same sessions. The contract closes none.
     *
     * @param namespace 1 to 64 of ASCII letters, digits and {@code . _ - :}
     */
    @Override
    public abstract SessionDataProvider provider(String namespace);

    /** Returns the time of the store's own clock, in milliseconds since the epoch. It must be the one that decides deadlines. */
    @Override
    public abstract long storeTime();
}
