package io.sessiontracker.spi.support;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DurationsTest {

    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    @Test
    void shouldRoundUpToWholeMilliseconds() {
        assertThat(Durations.millis(Duration.ZERO)).isZero();
        assertThat(Durations.millis(Duration.ofNanos(1))).isEqualTo(1);
        assertThat(Durations.millis(Duration.ofMillis(7))).isEqualTo(7);
        assertThat(Durations.millis(Duration.ofNanos(7_000_001))).isEqualTo(8);
    }

    @Test
    void shouldNotOverflow() {
        assertThat(Durations.millis(LONGEST)).isEqualTo(Durations.MAX_MILLIS);
        assertThat(Durations.nanos(LONGEST)).isEqualTo(Durations.MAX_NANOS);
        assertThat(Long.MAX_VALUE + Durations.nanos(LONGEST) - Long.MAX_VALUE).isPositive();
    }
}
