package io.sessiontracker.engine;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SweepSchedulerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    @Test
    void shouldBeginSweepsAnIntervalAfterOneAnother() {
        assertThat(pause(INTERVAL, Duration.ZERO)).isEqualTo(INTERVAL);
        assertThat(pause(INTERVAL, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void shouldRestAWhileAfterASweepThatTookLonger() {
        assertThat(pause(INTERVAL, Duration.ofHours(1))).isPositive().isLessThan(Duration.ofSeconds(1));
        assertThat(pause(Duration.ofMillis(1), Duration.ofHours(1))).isEqualTo(Duration.ofMillis(1));
    }

    private static Duration pause(Duration interval, Duration taken) {
        return Duration.ofNanos(SweepScheduler.pause(interval, taken.toNanos()));
    }
}
