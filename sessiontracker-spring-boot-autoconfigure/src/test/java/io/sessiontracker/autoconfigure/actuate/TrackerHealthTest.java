package io.sessiontracker.autoconfigure.actuate;

import java.time.Duration;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionStoreException;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.engine.SweepSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** A degraded part shows until it recovers, over HTTP, too. */
class TrackerHealthTest {

    private final SessionStoreException gone = new SessionStoreException("gone", new IllegalStateException());

    private final TrackerHealth health = new TrackerHealth(SweepSettings.BUILT_IN);

    @Test
    void shouldBeUpInitially() {
        assertThat(health.lock().getStatus()).isEqualTo(Status.UP);
        assertThat(health.sweep().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void shouldShowUnreachableLockServiceUntilItAnswers() {
        health.lockFailed("checkout", gone);
        assertThat(health.lock().getStatus()).isEqualTo(TrackerHealth.DEGRADED);
        assertThat(health.lock().getDetails()).containsEntry("failure", "gone");

        health.lockAnswered("checkout", Duration.ZERO, LockStatus.CONFLICTED);
        assertThat(health.lock().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void shouldShowMissingQuorum() {
        health.lockAnswered("checkout", Duration.ZERO, LockStatus.NO_QUORUM);

        assertThat(health.lock().getStatus()).isEqualTo(TrackerHealth.DEGRADED);
    }

    @Test
    void shouldShowFailingSweepUntilItSucceeds() {
        health.swept("cart", null);
        health.swept("checkout", gone);
        health.swept("cart", null);
        assertThat(health.sweep().getStatus()).isEqualTo(TrackerHealth.DEGRADED);
        assertThat(health.sweep().getDetails().get("failures")).hasToString("{checkout=gone}");

        health.swept("checkout", null);
        assertThat(health.sweep().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void shouldNotAffectOverallHealth() {
        try (Operator operator = Operator.exposed("management.endpoint.health.show-details=always")) {
            operator.tracker().lock(CheckoutSession.class, "key").orElseThrow().close();
            operator.bean(TrackerHealth.class).lockFailed("checkout", gone);

            assertThat(operator.get("/health")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
                    {
                      "status": "UP",
                      "components": {
                        "sessionTracker": {
                          "components": {
                            "lock": {"status": "DEGRADED", "details": {"failure": "gone"}},
                            "sweep": {"status": "UP"}
                          }
                        }
                      }
                    }
                    """);
            operator.tracker().lock(CheckoutSession.class, "key").orElseThrow().close();
            assertThat(operator.get("/health/sessionTracker/lock"))
                    .bodyJson()
                    .extractingPath("$.status")
                    .isEqualTo("UP");
        }
    }

    @Test
    void shouldBeDisabledByProperty() {
        try (Operator operator = Operator.exposed("management.health.sessiontracker.enabled=false")) {
            assertThat(operator.get("/health/sessionTracker")).hasStatus(404);
        }
    }
}
