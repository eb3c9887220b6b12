package io.sessiontracker.contract.tracker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.LockOptions;
import io.sessiontracker.LockStatus;
import io.sessiontracker.LockedSession;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Fencing tokens, and the callbacks for locks that are lost. */
interface TrackerLockLossContract extends TrackerFixture {

    LockOptions BRIEFLY = LockOptions.lease(Duration.ofMillis(50));

    @Test
    default void tokensShouldGrowWithEachGrant() {
        SessionTracker tracker = tracker();
        tracker.start(new Checkout("order-1")).orElseThrow();
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (SessionLock lock = tracker.lock(Checkout.class, "order-1").orElseThrow()) {
                tokens.add(lock.token());
            }
            try (LockedSession<Checkout> locked =
                    tracker.getLocked(Checkout.class, "order-1").orElseThrow()) {
                tokens.add(locked.lock().token());
            }
        }

        assertThat(tokens).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void aClosedLockShouldKnowItsToken() {
        SessionTracker tracker = tracker();
        SessionLock lock = tracker.lock(Checkout.class, "order-1").orElseThrow();
        long token = lock.token();
        lock.close();

        assertThat(lock.token()).isEqualTo(token);
    }

    @Test
    default void aLeaseThatRunsOutShouldBeNoticed() {
        List<LockStatus> lost = new CopyOnWriteArrayList<>();
        try (SessionLock lock =
                tracker().lock(Checkout.class, "order-1", BRIEFLY).orElseThrow()) {
            lock.onLost(() -> lost.add(lock.status()));

            await().until(() -> !lost.isEmpty());
            lock.onLost(() -> lost.add(LockStatus.CONFLICTED));
            await().until(() -> lost.size() > 1);
        }
        assertThat(lost).containsExactly(LockStatus.EXPIRED, LockStatus.CONFLICTED);
    }

    @Test
    default void aClosedLockShouldNotBeLost() {
        SessionTracker tracker = tracker();
        List<String> lost = new CopyOnWriteArrayList<>();
        SessionLock closed = tracker.lock(Checkout.class, "order-1", BRIEFLY).orElseThrow();
        closed.onLost(() -> lost.add("closed"));
        closed.close();
        closed.onLost(() -> lost.add("late"));
        try (SessionLock next = tracker.lock(Checkout.class, "order-1", BRIEFLY).orElseThrow()) {
            next.onLost(() -> lost.add("next"));
            await().until(() -> !lost.isEmpty());
        }

        assertThat(lost).containsExactly("next");
    }

    @Test
    default void aLossCallbackMayUseTheTracker() {
        SessionTracker tracker = tracker();
        List<Checkout> read = new CopyOnWriteArrayList<>();
        tracker.start(Checkout.at("order-1", "Main Street")).orElseThrow();
        try (SessionLock lock = tracker.lock(Checkout.class, "order-1", BRIEFLY).orElseThrow()) {
            lock.onLost(() -> read.add(tracker.get(Checkout.class, "order-1").orElseThrow()));

            await().until(() -> !read.isEmpty());
        }
        assertThat(read).extracting(Checkout::getAddress).containsExactly("Main Street");
    }
}
