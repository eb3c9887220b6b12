package io.sessiontracker.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.spi.HeldLock;
import io.sessiontracker.spi.LockReply;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

import static io.sessiontracker.contract.LockCalls.AN_HOUR;
import static io.sessiontracker.contract.LockCalls.extend;
import static io.sessiontracker.contract.LockCalls.held;
import static io.sessiontracker.contract.LockCalls.release;
import static org.assertj.core.api.Assertions.assertThat;

/** Every key can be locked, and no two keys, types or namespaces share a lock. */
interface LockSeparationContract extends LockFixture {

    @ParameterizedTest
    @ArgumentsSource(UnusualKeys.class)
    default void shouldLockAnyKey(String key) {
        LockCalls lock = lock("checkout", key);
        HeldLock first = lock.locks();
        lock.assertHeld();
        assertThat(extend(first, AN_HOUR)).isTrue();
        CompletableFuture<LockReply> waiter = lock.waits();
        LockCalls.pass(Duration.ofMillis(20));
        release(first);
        release(held(Stages.join(waiter)));

        lock.assertFree();
    }

    @Test
    default void shouldLockKeysApart() {
        SessionLockProvider provider = provider(Fresh.namespace());
        assertApart(UnusualKeys.KEYS.stream()
                .map(key -> new LockCalls(provider, new SessionAddress("checkout", key)))
                .toList());
    }

    @Test
    default void shouldLockTypesApart() {
        SessionLockProvider provider = provider(Fresh.namespace());
        assertApart(List.of("lock", "finished", "r", "f", "checkout", "checkout-2", "checkout-lock").stream()
                .map(type -> new LockCalls(provider, new SessionAddress(type, "key")))
                .toList());
    }

    @Test
    default void shouldLockNamespacesApart() {
        String namespace = Fresh.namespace();
        assertApart(List.of(namespace, namespace + ":checkout", namespace + ".", namespace + "-").stream()
                .map(name -> new LockCalls(provider(name), new SessionAddress("checkout", "key")))
                .toList());
    }

    /** Holds all at once, and frees each in turn without freeing another. */
    private static void assertApart(List<LockCalls> locks) {
        Map<LockCalls, HeldLock> held = new LinkedHashMap<>();
        locks.forEach(lock -> held.put(lock, lock.locks()));
        for (LockCalls lock : locks) {
            lock.assertHeld();
            release(held.get(lock));
            lock.assertFree();
        }
    }
}
