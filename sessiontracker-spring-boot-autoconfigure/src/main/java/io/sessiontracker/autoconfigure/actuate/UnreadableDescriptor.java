package io.sessiontracker.autoconfigure.actuate;

import java.util.List;

import io.sessiontracker.engine.UnreadableSessions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The sessions that this instance cannot read, among some.
 *
 * @param checked how many sessions were read
 * @param sessions those of them that cannot be read, with the reason, which says nothing of their state
 * @param nextCursor the {@code after} of the next page; null on the last one
 */
public record UnreadableDescriptor(
        int checked,
        List<UnreadableSessions.Unreadable> sessions,
        @Nullable String nextCursor) implements OperationResponseBody {

    static UnreadableDescriptor of(UnreadableSessions.Page page) {
        return new UnreadableDescriptor(page.checked(), page.sessions(), page.nextCursor());
    }
}
