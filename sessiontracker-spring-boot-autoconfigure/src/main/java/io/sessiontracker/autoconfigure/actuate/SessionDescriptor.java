package io.sessiontracker.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;

import io.sessiontracker.spi.LockState;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One session.
 *
 * @param state {@code running} or {@code finished}
 * @param payloadBytes how much it holds, as it is stored
 * @param payload what it holds; null unless it is to be shown
 */
public record SessionDescriptor(
        String type,
        String key,
        String state,
        String id,
        long version,
        Instant startedAt,
        Map<String, String> properties,
        Lock lock,
        int payloadBytes,
        @Nullable Object payload)
        implements OperationResponseBody {

    /**
     * The lock of the session's key.
     *
     * @param status {@code free}, {@code held}, or {@code unknown} where the lock service cannot tell
     * @param holder which acquisition holds it: what {@code SessionLock.id()} says there
     * @param leaseLeft how long until it frees itself, as in ISO 8601
     * @param failure why the lock service could not be asked
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
