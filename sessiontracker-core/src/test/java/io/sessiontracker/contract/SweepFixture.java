package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionSweep.Claimed;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;

import static io.sessiontracker.contract.SessionCalls.assertSession;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Due sessions, and claims of them. */
interface SweepFixture extends DataFixture {

    long KEPT = 3_600_000;

    /** Over already, and kept for an hour from its deadline, which is as long ago as it is. */
    long AGO = 1000;

    default Lifetimes due() {
        return new Lifetimes(0, storeTime() - AGO, 0, KEPT);
    }

    default SessionVersion startsDue(TypeCalls type, String key) {
        return type.session(key).starts("a", due());
    }

    /** Claims the only due session for a millisecond. The limit is one, as that time may be over while the sweep goes on. */
    default Claimed claimedBriefly(TypeCalls type) {
        return only(type.sweep(1, 1).claimed());
    }

    /** What is claimed once a lease of a millisecond is over. */
    default List<Claimed> claimedSooner(TypeCalls type, long leaseMillis) {
        return await().atMost(Probe.MAX_WAIT).until(() -> type.claimAll(leaseMillis), claimed -> !claimed.isEmpty());
    }

    /** Even when every lease is over. */
    default void assertNothingToDeliver(TypeCalls type) {
        long later = storeTime() + 5;
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > later);
        assertThat(type.claimAll()).isEmpty();
    }

    default Claimed only(List<Claimed> claimed) {
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    default void assertExpired(Claimed expired, String key, SessionVersion version, String state, int attempt) {
        assertThat(expired.key()).isEqualTo(key);
        assertSession(new StoreReply.Done(expired.session(), 0), version, state);
        assertThat(expired.attempt()).isEqualTo(attempt);
    }
}
