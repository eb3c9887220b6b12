package io.sessiontracker.engine;

import java.time.Duration;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.json.JacksonSessionCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SlidingToleranceTest {

    @ParameterizedTest
    @CsvSource({"PT10M, PT6S", "PT1H, PT10S", "P30D, PT10S", "PT0.15S, PT0.001S", "PT0.099S, PT0S"})
    void shouldBeOnePercentAndAtMostTenSeconds(Duration sliding, Duration tolerance) {
        assertThat(settings(null).toleranceOf(sliding)).isEqualTo(tolerance);
    }

    @Test
    void shouldBeTheSetting() {
        assertThat(settings(Duration.ofMinutes(2)).toleranceOf(Duration.ofMinutes(10)))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(settings(Duration.ZERO).toleranceOf(Duration.ofMinutes(10))).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> settings(Duration.ofMillis(-1)));
    }

    /** Options replace the type's lifetimes, but not how exact these are. */
    @Test
    void shouldBeResolvedByTheSessionsOwnLifetimes() {
        SessionTypeInfo<?> info = SessionTypeInfo.of(
                SlidingExpirationTest.Basket.class, "basket", settings(null), new JacksonSessionCodec());

        assertThat(info.runningLifetimes().tolerance()).isEqualTo(6_000);
        assertThat(info.lifetimes(SessionEntryOptions.sliding(Duration.ofMinutes(1)))
                        .tolerance())
                .isEqualTo(600);
        assertThat(info.lifetimes(SessionEntryOptions.absolute(Duration.ofMinutes(1)))
                        .tolerance())
                .isZero();
        assertThat(info.finishedLifetimes().tolerance()).isZero();
    }

    private static SessionTypeSettings settings(@Nullable Duration tolerance) {
        return SessionTypeSettings.BUILT_IN.withSlidingTolerance(tolerance);
    }
}
