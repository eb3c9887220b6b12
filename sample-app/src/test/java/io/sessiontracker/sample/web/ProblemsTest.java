package io.sessiontracker.sample.web;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.sample.checkout.CheckoutSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsTest {

    private static final List<SessionError> ERRORS = List.of(
            new SessionError.NotFound("checkout", "order-1"),
            new SessionError.AlreadyFinished("checkout", "order-1"),
            new SessionError.AlreadyResumed("checkout", "order-1"),
            new SessionError.InProgress(started()),
            new SessionError.VersionConflict("checkout", "order-1", 1, 2),
            new SessionError.LockNotAcquired("checkout", "order-1", LockStatus.CONFLICTED));

    @Test
    void shouldHaveAProblemOfItsOwnForEverySessionError() {
        assertThat(ERRORS.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(SessionError.class.getPermittedSubclasses());
        Set<URI> types = new HashSet<>();
        for (SessionError error : ERRORS) {
            assertThat(types.add(Problems.of(error).getType())).as("%s", error).isTrue();
        }
    }

    @Test
    void shouldTellAMissingQuorumFromALockThatIsHeld() {
        assertThat(Stream.of(LockStatus.CONFLICTED, LockStatus.NO_QUORUM)
                        .map(status -> new SessionError.LockNotAcquired("checkout", "order-1", status))
                        .map(error -> Problems.of(error).getStatus()))
                .containsExactly(423, 503);
    }

    private static CheckoutSession started() {
        CheckoutSession session = new CheckoutSession("order-1");
        SessionInternals.settle(session, "id", 1, java.time.Instant.EPOCH);
        return session;
    }
}
