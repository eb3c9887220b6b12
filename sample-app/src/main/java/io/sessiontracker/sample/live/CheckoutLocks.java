package io.sessiontracker.sample.live;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.sessiontracker.sample.checkout.CheckoutSession;
import io.sessiontracker.spi.LockState;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at the locks of checkouts without taking them: neither who holds one nor who waits for it notices. */
@Component
class CheckoutLocks {

    private final SessionLockProvider provider;

    CheckoutLocks(SessionLockProvider provider) {
        this.provider = provider;
    }

    /** By order id. All are asked for at once, and waited for together. */
    Map<String, Lock> of(Collection<String> orderIds) {
        Map<String, CompletableFuture<Lock>> asked = orderIds.stream()
                .collect(Collectors.toMap(
                        Function.identity(), this::lockState, (one, other) -> one, LinkedHashMap::new));
        return asked.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().join()));
    }

    // An operator wants to see the checkouts all the more when the lock service fails.
    private CompletableFuture<Lock> lockState(String orderId) {
        return provider.lockState(new SessionAddress(CheckoutSession.TYPE, orderId))
                .thenApply(state -> state.map(Lock::of).orElse(Lock.UNKNOWN))
                .exceptionally(failure -> Lock.UNKNOWN)
                .toCompletableFuture();
    }

    /**
     * A lock at one moment.
     *
     * @param status {@code free}, {@code held}, or {@code unknown} if the lock service cannot tell
     * @param holder which acquisition holds it: what {@code SessionLock.id()} says there
     */
    record Lock(
            String status,
            @Nullable String holder,
            @Nullable Long leaseLeftMillis) {

        static final Lock UNKNOWN = new Lock("unknown", null, null);

        static Lock of(LockState state) {
            return new Lock(
                    state.holder() == null ? "free" : "held",
                    state.holder(),
                    state.leaseLeft() == null ? null : state.leaseLeft().toMillis());
        }
    }
}
