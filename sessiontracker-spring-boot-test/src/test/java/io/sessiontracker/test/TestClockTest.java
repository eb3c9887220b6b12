package io.sessiontracker.test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class TestClockTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final TestClock clock = new TestClock(START);

    @Test
    void shouldAdvance() {
        assertThat(clock.instant()).isEqualTo(START);
        clock.advance(Duration.ofSeconds(2));
        assertThat(clock.millis()).isEqualTo(START.toEpochMilli() + 2000);
        clock.advanceTo(START.plusSeconds(5));
        clock.advanceTo(START.plusSeconds(5));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void shouldNotGoBack() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advanceTo(START.minusNanos(1)));
        assertThatNullPointerException().isThrownBy(() -> clock.advance(null));
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void shouldAdvanceInAllZones() {
        TestClock inTokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
        inTokyo.advance(Duration.ofSeconds(1));

        assertThat(clock.instant()).isEqualTo(inTokyo.instant()).isEqualTo(START.plusSeconds(1));
        assertThat(inTokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
