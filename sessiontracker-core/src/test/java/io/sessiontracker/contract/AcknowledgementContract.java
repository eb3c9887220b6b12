package io.sessiontracker.contract;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.SessionSweep.Claimed;
import io.sessiontracker.spi.SessionVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A claim ends with its acknowledgement or its lease; a session that is never acknowledged is dropped in the end. */
interface AcknowledgementContract extends SweepFixture {

    @Test
    default void shouldEndAClaimByAcknowledgement() {
        TypeCalls type = type();
        startsDue(type, "a");
        Claimed claimed = claimedBriefly(type);
        type.acknowledgeExpired(claimed);
        type.acknowledgeExpired(claimed);
        assertNothingToDeliver(type);
    }

    @Test
    default void shouldEndSeveralClaimsAtOnce() {
        TypeCalls type = type();
        for (int i = 0; i < 20; i++) {
            startsDue(type, "key-" + i % 10);
        }
        List<Claimed> claimed = type.sweep(20, 500).claimed();
        assertThat(claimed).hasSize(20).doesNotHaveDuplicates();
        Stages.await(type.provider().acknowledgeExpired(type.type(), claimed.subList(1, 20)));
        assertThat(claimedSooner(type, 1))
                .singleElement()
                .matches(expired -> expired.session()
                        .version()
                        .equals(claimed.get(0).session().version()));
        Stages.await(type.provider().acknowledgeExpired(type.type(), claimed));
        Stages.await(type.provider().acknowledgeExpired(type.type(), List.of()));

        assertNothingToDeliver(type);
    }

    @Test
    default void shouldClaimAgainOnceALeaseIsOver() {
        TypeCalls type = type();
        SessionVersion version = startsDue(type, "a");
        assertExpired(claimedBriefly(type), "a", version, "a", 1);

        assertExpired(only(claimedSooner(type, 1)), "a", version, "a", 2);
        Claimed third = only(claimedSooner(type, KEPT));
        assertExpired(third, "a", version, "a", 3);
        assertThat(type.claimAll()).isEmpty();
        type.acknowledgeExpired(third);
        assertNothingToDeliver(type);
    }

    @Test
    default void shouldAcceptAnAcknowledgementAfterTheLease() {
        TypeCalls type = type();
        startsDue(type, "a");
        Claimed first = claimedBriefly(type);
        claimedSooner(type, KEPT);
        type.acknowledgeExpired(first);

        assertNothingToDeliver(type);
    }

    @Test
    default void shouldNotEndAnotherSessionsClaim() {
        TypeCalls type = type();
        startsDue(type, "a");
        Claimed claimed = claimedBriefly(type);
        Stages.await(type.provider().acknowledgeExpired(type.session("a").address(), Fresh.id()));
        Stages.await(type.provider()
                .acknowledgeExpired(
                        type.session("b").address(), claimed.session().version().id()));

        assertThat(claimedSooner(type, KEPT)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void shouldDropUndeliveredSessionsAfterTheRetention(boolean claimed) {
        TypeCalls type = type();
        type.session("a").starts("a", new Lifetimes(0, storeTime(), 0, 300));
        if (claimed) {
            type.claimAll(1);
        }
        long over = storeTime() + 301;
        await().atMost(Probe.MAX_WAIT).until(() -> storeTime() > over);

        assertNothingToDeliver(type);
    }
}
