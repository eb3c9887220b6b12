package io.sessiontracker.sample.live;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.sessiontracker.sample.checkout.CheckoutSession;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the state of checkouts' locks without affecting holders or waiters. */
@Component
class CheckoutLocks {

    private final SessionLockProvider provider;

    CheckoutLocks(SessionLockProvider provider) {
        this.provider = provider;
    }

    /** Returns the locks by order id, read concurrently. */
    Map<String, Lock> of(Collection<String> orderIds) {
        Map<String, CompletableFuture<Lock>> asked = orderIds.stream()
                .collect(Collectors.toMap(
                        Function.identity(), this::lockState, (one, other) -> one, LinkedHashMap::new));
        return asked.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().join()));
    }

    // Show the checkouts even if the lock service fails.
    private CompletableFuture<Lock> lockState(String orderId) {
        return provider.lockState(new SessionAddress(CheckoutSession.TYPE, orderId))
                .thenApply(state -> state.map(Lock::of).orElse(Lock.UNKNOWN))
                .exceptionally(failure -> Lock.UNKNOWN)
                .toCompletableFuture();
    }

    /**
     * The state of a lock.
     *
     * @param status {@code free}, {@code held}, or {@code unknown} if the lock service does not say
     * @param holder the acquisition that holds it, its {@code SessionLock.id()}
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
