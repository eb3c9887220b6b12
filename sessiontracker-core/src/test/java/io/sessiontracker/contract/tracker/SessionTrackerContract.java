package io.sessiontracker.contract.tracker;

import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

/** Holds a tracker over these two providers to the Javadoc of {@link io.sessiontracker.SessionTracker}. */
public abstract class SessionTrackerContract
        implements StartRules,
                GetOrStartRules,
                ReadRules,
                UpdateRules,
                ModifyRules,
                FinishRules,
                ResumeRules,
                DeleteRules,
                LifetimeRules,
                LockRules,
                LostReplyRules,
                UnreadableRules,
                MisuseRules,
                CountRules,
                QueryRules,
                CursorRules,
                BulkRules,
                EventRules,
                ListenerRules,
                ExpiryRules,
                RetellRules,
                SweepRules,
                ApartRules,
                SharedModifyRules,
                NonBlockingRules {

    /** For tests in a subclass: the contract needs nothing of it. */
    protected SessionTrackerContract() {}

    @Override
    public abstract SessionDataProvider data(String namespace);

    @Override
    public abstract SessionLockProvider locks(String namespace);

    @Override
    public abstract long storeTime();
}
