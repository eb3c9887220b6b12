package io.sessiontracker.sample.readme;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A holder whose lease runs out while it waits for the carrier. */
class BookingsTest {

    private static final Duration BRIEF = Duration.ofMillis(100);

    private final ClosableSessionTracker tracker = new SessionTrackerBuilder(
                    new InMemorySessionDataProvider(), new InMemorySessionLockProvider(), new JacksonSessionCodec())
            .settings(new SessionTrackerSettings(
                    new SessionTypeSettings(
                            SessionEntryOptions.none(),
                            null,
                            SessionEntryOptions.none(),
                            new LockSettings(BRIEF, Duration.ofMinutes(1), Duration.ofMillis(10))),
                    Map.of()))
            .build();
    private final JdbcClient jdbc =
            JdbcClient.create(new DriverManagerDataSource("jdbc:h2:mem:bookings;DB_CLOSE_DELAY=-1"));

    @BeforeEach
    void createTable() {
        jdbc.sql("CREATE TABLE bookings (customer VARCHAR(20), van VARCHAR(20), fence BIGINT)")
                .update();
        jdbc.sql("INSERT INTO bookings VALUES ('ann', NULL, 0)").update();
    }

    @AfterEach
    void dropTable() {
        jdbc.sql("DROP TABLE bookings").update();
        tracker.close();
    }

    @Test
    void shouldRefuseTheBookingOfAnEarlierHolder() {
        Bookings other = new Bookings(tracker, jdbc, customer -> CompletableFuture.completedFuture("second"));
        Bookings paused = new Bookings(tracker, jdbc, customer -> {
            bookUnchecked(other);
            return CompletableFuture.completedFuture("first");
        });

        assertThatThrownBy(() -> paused.book("ann")).isInstanceOf(IllegalStateException.class);
        assertThat(van()).isEqualTo("second");
    }

    @Test
    void shouldStopWaitingWhenTheLockIsLost() {
        Bookings bookings = new Bookings(tracker, jdbc, customer -> new CompletableFuture<>());

        assertThatThrownBy(() -> bookings.book("ann")).isInstanceOf(CancellationException.class);
        assertThat(van()).isNull();
    }

    private static void bookUnchecked(Bookings bookings) {
        try {
            bookings.book("ann");
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private @Nullable String van() {
        return jdbc.sql("SELECT van FROM bookings")
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
