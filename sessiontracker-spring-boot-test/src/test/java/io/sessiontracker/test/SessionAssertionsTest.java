package io.sessiontracker.test;

import java.time.Instant;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionError.NotFound;
import io.sessiontracker.SessionError.VersionConflict;
import io.sessiontracker.SessionResult;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SessionAssertionsTest {

    static class TripSession extends Session {
        TripSession(String key) {
            super(key);
        }
    }

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00.123456Z");

    private final SessionResult<String> success = SessionResult.success("seven");
    private final SessionResult<String> conflict =
            SessionResult.failure(new VersionConflict("trip-session", "ann", 1, 3));

    @Test
    void shouldAssertSuccess() {
        assertThat(success).isSuccess().value().isEqualTo("seven");
        refuses(() -> assertThat(success).isFailure(), "it was a success: <seven>");
        refuses(() -> assertThat(success).failedWith(NotFound.class), "Expected NotFound, but it was a success");
        refuses(() -> assertThat(success).session(), "Expected a session, but it was <seven>");
        refuses(() -> assertThat(success).value().isEqualTo("six"), "The result's value");
    }

    @Test
    void shouldAssertSuccessWithoutValue() {
        SessionResult<@Nullable Void> nothing = SessionResult.success(null);

        assertThat(nothing).isSuccess().value().isNull();
        refuses(() -> assertThat(nothing).isFailure(), "it was a success: <null>");
        refuses(() -> assertThat(nothing).session(), "Expected a session, but it was <null>");
    }

    @Test
    void shouldAssertFailureAndError() {
        assertThat(conflict).isFailure();
        assertThat(conflict).failedWith(SessionError.class);
        assertThat(conflict)
                .failedWith(VersionConflict.class)
                .extracting(VersionConflict::actual)
                .isEqualTo(3L);
        String reason = "VersionConflict: The session trip-session/ann is at version 3, not 1";
        refuses(() -> assertThat(conflict).isSuccess(), "Expected a success, but: " + reason);
        refuses(() -> assertThat(conflict).value(), reason);
        refuses(() -> assertThat(conflict).session(), reason);
        refuses(() -> assertThat(conflict).failedWith(NotFound.class), "Expected NotFound, but: " + reason);
    }

    @Test
    void shouldReportMissingResultOrSession() {
        SessionResult<String> none = null;
        TripSession noSession = null;

        refuses(() -> assertThat(none).isSuccess(), "not to be null");
        refuses(() -> assertThat(none).isFailure(), "not to be null");
        refuses(() -> assertThat(none).failedWith(NotFound.class), "not to be null");
        refuses(() -> assertThat(noSession).isStarted(), "not to be null");
        refuses(() -> assertThat(noSession).hasKey("ann"), "not to be null");
        refuses(() -> assertThat(noSession).hasProperty("a", "b"), "not to be null");
    }

    @Test
    void shouldAssertMetadataAndProperties() {
        TripSession trip = started();

        assertThat(trip)
                .isStarted()
                .hasKey("ann")
                .hasVersion(1)
                .wasStartedAt(NOW)
                .hasProperty("class", "second")
                .hasNoProperty("seat");
        refuses(() -> assertThat(trip).isNotStarted(), "never to have been started");
        refuses(() -> assertThat(trip).hasKey("bob"), "to have the key <bob>, but it was <ann>");
        refuses(() -> assertThat(trip).hasVersion(2), "the version <2>, but it was <1>");
        refuses(() -> assertThat(trip).wasStartedAt(NOW.plusMillis(1)), "the start <2030-01-01T00:00:00.124Z>");
        refuses(() -> assertThat(trip).hasProperty("class", "first"), "the property class <first>");
        refuses(() -> assertThat(trip).hasNoProperty("class"), "the property class <null>, but it was <second>");
        refuses(() -> assertThat(trip).as("Ann's trip").hasVersion(2), "[Ann's trip]");
    }

    @Test
    void shouldAssertThatSessionWasNeverStarted() {
        TripSession trip = new TripSession("ann");

        assertThat(trip).isNotStarted().hasVersion(0);
        refuses(() -> assertThat(trip).isStarted(), "to be started, but it never was");
        refuses(() -> assertThat(trip).wasStartedAt(NOW), "to be started, but it never was");
    }

    private static TripSession started() {
        TripSession trip = new TripSession("ann");
        trip.getProperties().put("class", "second");
        try (var tracker = new SessionTrackerBuilder(
                        new InMemorySessionDataProvider(new TestClock(NOW)),
                        new InMemorySessionLockProvider(),
                        new JacksonSessionCodec())
                .buildIdle()) {
            return tracker.start(trip).orElseThrow();
        }
    }

    private static void refuses(ThrowingCallable assertion, String message) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessageContaining(message);
    }
}
