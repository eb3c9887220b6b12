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
 * @param nextCursor what {@code after} goes on from; null on the last page
 */
public record SessionsDescriptor(
        List<Found> sessions, @Nullable String nextCursor) implements OperationResponseBody {

    /** What describes a session, without what it holds. */
    public record Found(String key, String id, long version, Instant startedAt, Map<String, String> properties) {

        static Found of(Session session, Redaction redaction) {
            return new Found(
                    session.getKey(),
                    session.getId(),
                    session.getVersion(),
                    session.getStartedAt(),
                    redaction.ofProperties(session.getProperties()));
        }
    }
}
