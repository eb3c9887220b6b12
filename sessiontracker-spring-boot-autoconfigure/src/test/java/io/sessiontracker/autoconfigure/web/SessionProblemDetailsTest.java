package io.sessiontracker.autoconfigure.web;

import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionProblemDetailsTest {

    private static final List<SessionError> ERRORS = List.of(
            new SessionError.NotFound("checkout", "order-1"),
            new SessionError.AlreadyFinished("checkout", "order-1"),
            new SessionError.AlreadyResumed("checkout", "order-1"),
            new SessionError.InProgress(started()),
            new SessionError.VersionConflict("checkout", "order-1", 1, 2),
            new SessionError.LockNotAcquired("checkout", "order-1", LockStatus.CONFLICTED));

    private final SessionProblemDetails problems = new SessionProblemDetails("urn:test:");

    @Test
    void shouldDefineATypeForEveryError() {
        assertThat(ERRORS.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(SessionError.class.getPermittedSubclasses());
        Set<URI> types = new HashSet<>();
        for (SessionError error : ERRORS) {
            assertThat(types.add(problems.of(error, false).getType()))
                    .as("%s", error)
                    .isTrue();
        }
    }

    @Test
    void shouldDistinguishMissingQuorumFromHeldLock() {
        assertThat(statusOf(new SessionError.LockNotAcquired("checkout", "order-1", LockStatus.CONFLICTED)))
                .isEqualTo(423);
        assertThat(statusOf(new SessionError.LockNotAcquired("checkout", "order-1", LockStatus.NO_QUORUM)))
                .isEqualTo(503);
    }

    @Test
    void shouldAnswerConflictWithNamedVersionAsFailedPrecondition() {
        SessionError conflict = new SessionError.VersionConflict("checkout", "order-1", 1, 2);

        assertThat(problems.of(conflict, true).getStatus()).isEqualTo(412);
        assertThat(problems.of(conflict, false).getStatus()).isEqualTo(409);
    }

    private int statusOf(SessionError error) {
        return problems.of(error, false).getStatus();
    }

    private static CheckoutSession started() {
        CheckoutSession session = new CheckoutSession("order-1");
        SessionInternals.settle(session, "id", 1, Instant.EPOCH, null);
        return session;
    }
}
