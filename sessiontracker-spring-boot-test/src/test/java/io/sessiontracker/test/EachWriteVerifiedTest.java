package io.sessiontracker.test;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EachWriteVerifiedTest {

    static class Clamped extends Session {
        private int number;

        Clamped(String key, int number) {
            super(key);
            this.number = number;
        }

        @SuppressWarnings("unused") // found by reflection
        private Clamped(String key) {
            this(key, 0);
        }

        public int getNumber() {
            return number;
        }

        public void setNumber(int value) {
            number = Math.max(0, value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "session-tracker.encryption.active=k1"})
    void shouldRefuseLossyValueAfterFaithfulOne(String encryption) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TestSessionTrackerAutoConfiguration.class, SessionTrackerAutoConfiguration.class))
                .withPropertyValues(
                        "session-tracker.store=memory",
                        "session-tracker.lock.provider=memory",
                        "session-tracker.namespace=shop",
                        "session-tracker.sweep.enabled=false",
                        encryption,
                        "session-tracker.encryption.accept-plain=true",
                        "session-tracker.encryption.keys.k1=" + "A".repeat(43) + "=")
                .run(context -> {
                    SessionTracker tracker = context.getBean(SessionTracker.class);
                    tracker.start(new Clamped("right", 1)).orElseThrow();

                    assertThatExceptionOfType(SessionCodecException.class)
                            .isThrownBy(() -> tracker.start(new Clamped("wrong", -1)))
                            .withMessageContaining("\"number\"");
                });
    }
}
