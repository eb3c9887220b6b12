package io.sessiontracker.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.sessiontracker.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of sessions.
 *
 * @param nextCursor the {@code after} of the next page; null on the last one
 */
public record SessionsDescriptor(
        List<Item> sessions, @Nullable String nextCursor) implements OperationResponseBody {

    /**
     * A session without its state.
     *
     * @param expiresAt when it expires unless it is used first; null if it never does
     */
    public record Item(
            String key,
            String id,
            long version,
            Instant startedAt,
            @Nullable Instant expiresAt,
            Map<String, String> properties) {

        static Item of(Session session, Redaction redaction) {
            return new Item(
                    session.getKey(),
                    session.getId(),
                    session.getVersion(),
                    session.getStartedAt(),
                    Instant.MAX.equals(session.getExpiresAt()) ? null : session.getExpiresAt(),
                    redaction.ofProperties(session.getProperties()));
        }
    }
}
