package io.sessiontracker.test.trips;

import java.time.Duration;
import java.util.List;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.test.SessionTrackerTest;
import io.sessiontracker.test.StoredSessions;
import io.sessiontracker.test.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The application's upcasters are part of the slice, without being imported. */
@SessionTrackerTest(properties = "session-tracker.types.trip-session.sliding-expiration=20m")
class UpcasterTest {

    @Autowired
    private SessionTracker tracker;

    @Autowired
    private StoredSessions storedSessions;

    @Autowired
    private TestClock clock;

    @Test
    void shouldReadTripsOfTheFirstRelease() {
        storedSessions.start(TripSession.class, "ann", "{\"stop\":\"Ulm\"}");

        assertThat(tracker.get(TripSession.class, "ann").orElseThrow().stops).containsExactly("Ulm");
        assertThat(tracker.modify(TripSession.class, "ann", trip -> trip.stops.add("Bonn")))
                .session()
                .hasVersion(2);
        assertThat(tracker.query(TripSession.class).page().sessions())
                .extracting(trip -> trip.stops)
                .containsExactly(List.of("Ulm", "Bonn"));
    }

    @Test
    void shouldGiveThemTheLifetimesOfTheirType() {
        storedSessions.start(TripSession.class, "ann", "{\"$version\":2,\"stops\":[]}");
        assertThatIllegalStateException()
                .isThrownBy(() -> storedSessions.start(TripSession.class, "ann", "{}"))
                .withMessageContaining("trip-session/ann");

        clock.advance(Duration.ofMinutes(21));

        assertThat(tracker.get(TripSession.class, "ann")).failedWith(SessionError.NotFound.class);
    }
}
