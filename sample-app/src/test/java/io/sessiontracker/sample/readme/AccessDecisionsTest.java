package io.sessiontracker.sample.readme;

import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccess.Operation;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.junit.jupiter.api.Test;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What docs/access.md shows. */
class AccessDecisionsTest {

    private final AccessDecisions decisions = new AccessDecisions();

    @Test
    void aCustomerShouldReachOnlyItsOwnCart() {
        SessionTracker tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
                .authorizer(decisions.ownCartOnly(() -> "ann"))
                .build();

        tracker.start(new CartSession("ann")).orElseThrow();
        assertThatExceptionOfType(SessionAccessDeniedException.class)
                .isThrownBy(() -> tracker.start(new CartSession("ben")))
                .withMessage("Access denied: start (WRITE) of cart-session/ben");
    }

    @Test
    void aClosedOfficeShouldOnlyRead() {
        AuthorizationManager<SessionAccess> closed = decisions.onlyDuringOfficeHours(() -> false);

        assertThat(closed.authorize(() -> null, access(Operation.READ)))
                .extracting(AuthorizationResult::isGranted)
                .isEqualTo(true);
        assertThat(closed.authorize(() -> null, access(Operation.WRITE)))
                .extracting(AuthorizationResult::isGranted)
                .isEqualTo(false);
    }

    @Test
    void aCustomerShouldBeTheCaller() {
        assertThat(decisions.callers(() -> "ann").resolve()).contains(new SessionCaller("ann"));
    }

    private static SessionAccess access(Operation operation) {
        return new SessionAccess(operation, "cart-session", "ann", "any");
    }
}
