package io.sessiontracker.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

import io.sessiontracker.spi.HeldLock;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.contract.LockCalls.AN_HOUR;
import static io.sessiontracker.contract.LockCalls.extend;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;

/** Tokens that grow with every grant of a lock: for the test of a lock provider that has them. */
public interface FencingContract extends LockFixture {

    /** The microseconds at the beginning of 2020: before any service's time, and after any in other units. */
    long YEAR_2020 = 1_577_836_800_000_000L;

    @Test
    default void shouldGrantAGreaterTokenAfterEachRelease() {
        LockCalls lock = lock();
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            HeldLock held = lock.locks(AN_HOUR, i % 2 == 0);
            tokens.add(held.token());
            release(held);
        }

        assertThat(tokens).isSorted().doesNotHaveDuplicates().allMatch(token -> token > YEAR_2020);
    }

    @Test
    default void shouldGrantAGreaterTokenAfterALostLease() {
        LockCalls lock = lock();
        HeldLock lost = lock.locks(Duration.ofMillis(20), false);
        HeldLock next = lock.locksOnceFree();

        assertThat(next.token()).isGreaterThan(lost.token());
    }

    @Test
    default void shouldKeepTheTokenOfAGrant() {
        LockCalls lock = lock();
        HeldLock held = lock.locks();
        long token = held.token();
        assertThat(extend(held, AN_HOUR)).isTrue();
        assertThat(held.token()).isEqualTo(token);
        lock.assertHeld();
        assertThat(held.token()).isEqualTo(token);
        release(held);

        assertThat(held.token()).isEqualTo(token);
    }

    @Test
    default void shouldGrantAWaiterAGreaterToken() {
        LockCalls lock = lock();
        HeldLock first = lock.locks();
        var waiter = lock.waits();
        release(first);

        assertThat(held(Stages.join(waiter)).token()).isGreaterThan(first.token());
    }

    @Test
    default void shouldGrantTokensInTheOrderOfTheHolders() throws Exception {
        LockCalls lock = lock();
        // Only the lock protects the list.
        List<Long> tokens = new ArrayList<>();
        Callable<Boolean> holdings = () -> {
            for (int i = 0; i < 25; i++) {
                HeldLock held = held(
                        Stages.join(lock.provider().acquire(lock.request(AN_HOUR, LockCalls.MAX_WAIT, i % 2 == 0))));
                tokens.add(held.token());
                release(held);
            }
            return true;
        };
        Race.run(Collections.nCopies(4, holdings));

        assertThat(tokens).hasSize(100).isSorted().doesNotHaveDuplicates();
    }
}
