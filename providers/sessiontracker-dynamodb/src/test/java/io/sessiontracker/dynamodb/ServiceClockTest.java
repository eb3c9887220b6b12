package io.sessiontracker.dynamodb;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceClockTest {

    private static final long START = Instant.parse("2030-01-01T00:00:00Z").toEpochMilli();
    private static final long ROUND_TRIP = 20;

    private final SetClock machine = new SetClock();
    private final ServiceClock clock = new ServiceClock(machine);

    @Test
    void shouldUseTheMachinesClockWhereItMayBeRight() {
        for (int i = 0; i < 50; i++) {
            respond(0);
            machine.advance(137);
        }
        assertThat(clock.millis()).isEqualTo(machine.millis());
    }

    @Test
    void shouldFindHowFarTheMachineIsBehind() {
        for (int i = 0; i < 50; i++) {
            respond(5_000);
            machine.advance(137);
        }
        assertThat(clock.millis() - machine.millis()).isBetween(4_850L, 5_000L);
    }

    @Test
    void shouldFindHowFarTheMachineIsAhead() {
        for (int i = 0; i < 50; i++) {
            respond(-5_000);
            machine.advance(137);
        }
        assertThat(clock.millis() - machine.millis()).isBetween(-5_000L, -4_850L);
    }

    @Test
    void shouldBeWithinASecondAfterOneResponse() {
        respond(5_000);
        assertThat(clock.isSynchronised()).isTrue();
        assertThat(clock.millis() - machine.millis()).isBetween(4_000L, 6_000L);
    }

    @Test
    void shouldFollowWhereTheMachinesClockIsSet() {
        respond(0);
        machine.advance(-3_600_000);
        respond(3_600_000);
        assertThat(clock.millis() - machine.millis()).isBetween(3_599_000L, 3_601_000L);
    }

    @Test
    void shouldNotBeSynchronisedOnceTheMachinesClockIsSet() {
        respond(0);
        machine.advance(3_600_000);
        assertThat(clock.isSynchronised()).isFalse();
        respond(-3_600_000);
        assertThat(clock.isSynchronised()).isTrue();
    }

    @Test
    void shouldForgetBoundsWhileNothingIsCalled() {
        respond(1_000);
        machine.advance(36_000_000);
        respond(0);
        assertThat(clock.millis()).isEqualTo(machine.millis());
    }

    @Test
    void shouldForgetOldBounds() {
        respond(1_000);
        machine.advance(61_000);
        respond(1_000);
        machine.advance(61_000);
        respond(0);
        machine.advance(61_000);
        respond(0);
        machine.advance(61_000);
        respond(0);
        assertThat(clock.millis()).isEqualTo(machine.millis());
    }

    /** Answers a request at a service that is so far ahead. */
    private void respond(long ahead) {
        long sent = machine.millis();
        machine.advance(ROUND_TRIP / 2);
        long date = Math.floorDiv(machine.millis() + ahead, 1_000) * 1_000;
        machine.advance(ROUND_TRIP / 2);
        clock.observe(sent, machine.millis(), date);
    }

    private static final class SetClock extends Clock {

        private long now = START;

        void advance(long millis) {
            now += millis;
        }

        @Override
        public long millis() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
