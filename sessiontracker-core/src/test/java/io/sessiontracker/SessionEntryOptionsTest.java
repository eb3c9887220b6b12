package io.sessiontracker;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SessionEntryOptionsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldSetWhatIsSaidAndNothingElse() {
        assertThat(SessionEntryOptions.absolute(HOUR)).isEqualTo(new SessionEntryOptions(HOUR, null, null));
        assertThat(SessionEntryOptions.absoluteAt(NEW_YEAR)).isEqualTo(new SessionEntryOptions(null, NEW_YEAR, null));
        assertThat(SessionEntryOptions.sliding(HOUR)).isEqualTo(new SessionEntryOptions(null, null, HOUR));
        assertThat(SessionEntryOptions.none()).isEqualTo(new SessionEntryOptions(null, null, null));
    }

    @Test
    void shouldKeepTheRest() {
        assertThat(SessionEntryOptions.absolute(HOUR).withSliding(MINUTE))
                .isEqualTo(new SessionEntryOptions(HOUR, null, MINUTE));
        assertThat(SessionEntryOptions.sliding(MINUTE).withAbsolute(HOUR))
                .isEqualTo(new SessionEntryOptions(HOUR, null, MINUTE));
        assertThat(SessionEntryOptions.sliding(MINUTE).withAbsolute(NEW_YEAR))
                .isEqualTo(new SessionEntryOptions(null, NEW_YEAR, MINUTE));
    }

    @Test
    void shouldReplaceEitherAbsoluteForm() {
        assertThat(SessionEntryOptions.absoluteAt(NEW_YEAR).withAbsolute(HOUR))
                .isEqualTo(SessionEntryOptions.absolute(HOUR));
        assertThat(SessionEntryOptions.absolute(HOUR).withAbsolute(NEW_YEAR))
                .isEqualTo(SessionEntryOptions.absoluteAt(NEW_YEAR));
        assertThat(SessionEntryOptions.absolute(HOUR).withAbsolute(MINUTE))
                .isEqualTo(SessionEntryOptions.absolute(MINUTE));
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionEntryOptions(HOUR, NEW_YEAR, null))
                .withMessageContaining("exclude each other");
        for (Duration duration : new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SessionEntryOptions.absolute(duration))
                    .withMessageContaining("absoluteExpiration must be positive")
                    .withMessageContaining(duration.toString());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SessionEntryOptions.sliding(duration))
                    .withMessageContaining("slidingExpiration must be positive");
        }
    }

    @Test
    void shouldRefuseANullWhereAValueIsSaid() {
        assertThatNullPointerException().isThrownBy(() -> SessionEntryOptions.absolute(null));
        assertThatNullPointerException().isThrownBy(() -> SessionEntryOptions.absoluteAt(null));
        assertThatNullPointerException().isThrownBy(() -> SessionEntryOptions.sliding(null));
    }

    @Test
    void shouldTakeAPartOfAMillisecondAndAMomentThatHasPassed() {
        assertThat(SessionEntryOptions.sliding(Duration.ofNanos(1)).slidingExpiration())
                .isEqualTo(Duration.ofNanos(1));
        assertThat(SessionEntryOptions.absoluteAt(Instant.MIN).absoluteExpirationAt())
                .isEqualTo(Instant.MIN);
    }
}
