package io.sessiontracker.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;

import io.sessiontracker.spi.SessionLockProvider.LockState;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A session.
 *
 * @param state {@code running} or {@code finished}
 * @param expiresAt when it expires unless it is used first; null if it never does
 * @param unreadable why this instance cannot read it, without its state; null if it can
 * @param payloadBytes the size of its state, as stored
 * @param payload its state; null unless it may be shown
 */
public record SessionDescriptor(
        String type,
        String key,
        String state,
        String id,
        long version,
        Instant startedAt,
        @Nullable Instant expiresAt,
        Map<String, String> properties,
        Lock lock,
        @Nullable String unreadable,
        int payloadBytes,
        @Nullable Object payload)
        implements OperationResponseBody {

    /**
     * The lock of the session's key.
     *
     * @param status {@code free}, {@code held}, or {@code unknown} if the lock service does not say
     * @param holder the acquisition that holds it, its {@code SessionLock.id()}
     * @param leaseLeft the rest of the lease, in ISO 8601
     * @param failure why the lock service did not answer
     */
    public record Lock(
            String status,
            @Nullable String holder,
            @Nullable String leaseLeft,
            @Nullable String failure) {

        static final Lock UNKNOWN = new Lock("unknown", null, null, null);

        static Lock of(LockState state) {
            return new Lock(
                    state.holder() == null ? "free" : "held",
                    state.holder(),
                    state.leaseLeft() == null ? null : state.leaseLeft().toString(),
                    null);
        }
    }
}
