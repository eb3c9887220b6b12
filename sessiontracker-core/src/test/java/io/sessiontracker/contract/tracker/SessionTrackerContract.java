package io.sessiontracker.contract.tracker;

import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;

/** Holds a tracker over these two providers to the Javadoc of {@link io.sessiontracker.SessionTracker}. */
public abstract class SessionTrackerContract
        implements TrackerStartContract,
                TrackerGetOrStartContract,
                TrackerReadContract,
                TrackerUpdateContract,
                TrackerModifyContract,
                TrackerModifyOrStartContract,
                TrackerOperationIdContract,
                TrackerFinishContract,
                TrackerResumeContract,
                TrackerDeleteContract,
                TrackerLifetimeContract,
                TrackerExpiresAtContract,
                TrackerLockContract,
                TrackerLockLossContract,
                TrackerLostReplyContract,
                TrackerUnreadableContract,
                TrackerReleasesContract,
                TrackerMisuseContract,
                TrackerAccessContract,
                TrackerOwnerContract,
                TrackerBlindIndexContract,
                TrackerSizeContract,
                TrackerCountContract,
                TrackerQueryContract,
                TrackerPropertyFieldContract,
                TrackerCursorContract,
                TrackerBulkContract,
                TrackerEventContract,
                TrackerListenerContract,
                TrackerExpiryContract,
                TrackerRedeliveryContract,
                TrackerReminderContract,
                TrackerWatchContract,
                TrackerSweepContract,
                TrackerIsolationContract,
                TrackerSharedModifyContract,
                TrackerAsyncContract {

    /** For tests in a subclass: the contract needs nothing of it. */
    protected SessionTrackerContract() {}

    @Override
    public abstract SessionDataProvider data(String namespace);

    @Override
    public abstract SessionLockProvider locks(String namespace);

    @Override
    public abstract long storeTime();
}
