package io.sessiontracker.contract;

import io.sessiontracker.spi.SessionDataProvider;

/**
 * Holds a {@link SessionDataProvider} to its Javadoc. A subclass says how to make one; the tests are inherited.
 *
 * <p>Nothing is ever cleared away: a subclass need not flush its store, and should give all its providers one store.
 */
public abstract class SessionDataProviderContract
        implements StartRules,
                ReadRules,
                UpdateRules,
                FinishRules,
                ResumeRules,
                DeleteRules,
                ResendStartRules,
                ResendUpdateRules,
                ResendMoveRules,
                ResendDeleteRules,
                LifetimeRules,
                SlidingRules,
                ContentRules,
                SeparationRules,
                RaceRules,
                MomentRules,
                ScanRules,
                CountRules,
                IndexRules,
                ClaimRules,
                ToldRules,
                GenerationRules {

    /** For tests in a subclass: the contract needs nothing of it. */
    protected SessionDataProviderContract() {}

    /**
     * A provider that knows only that namespace. Asked twice for a namespace, it may give the same one or another one that
     * sees the same sessions. The contract closes none.
     *
     * @param namespace 1 to 64 of ASCII letters, digits and {@code . _ - :}
     */
    @Override
    public abstract SessionDataProvider provider(String namespace);

    /** What the store's own clock says now, in milliseconds since the epoch. It must be the one that decides deadlines. */
    @Override
    public abstract long storeTime();
}
