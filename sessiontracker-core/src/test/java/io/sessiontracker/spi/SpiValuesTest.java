package io.sessiontracker.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.sessiontracker.SessionEntryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SpiValuesTest {

    private static final long THOUSAND_YEARS = Duration.ofDays(365_000).toMillis();

    @ParameterizedTest
    @CsvSource({"PT0.000000001S, 1", "PT0.0009S, 1", "PT0.001S, 1", "PT0.001000001S, 2", "PT1.5S, 1500", "PT1H, 3600000"
    })
    void shouldRoundALifetimeUp(Duration duration, long millis) {
        assertThat(Lifetimes.of(SessionEntryOptions.absolute(duration).withSliding(duration), duration))
                .isEqualTo(new Lifetimes(millis, 0, millis, millis));
    }

    @Test
    void shouldTakeNoLifetimeForNone() {
        assertThat(Lifetimes.of(SessionEntryOptions.none(), null)).isEqualTo(new Lifetimes(0, 0, 0, 0));
    }

    @Test
    void shouldBoundALifetimeSoThatItCanBeAddedToATime() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

        assertThat(Lifetimes.of(SessionEntryOptions.absolute(forever).withSliding(forever), forever))
                .isEqualTo(new Lifetimes(THOUSAND_YEARS, 0, THOUSAND_YEARS, THOUSAND_YEARS));
        assertThat(Lifetimes.of(SessionEntryOptions.absoluteAt(Instant.MAX), null)
                        .absoluteAt())
                .isBetween(THOUSAND_YEARS, THOUSAND_YEARS + 999);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00.123456789Z, 1767225600123",
        "1970-01-01T00:00:00.001Z, 1",
        "1970-01-01T00:00:00Z, 1",
        "1969-12-31T23:59:59Z, 1",
        "-1000000000-01-01T00:00:00Z, 1"
    })
    void shouldNeverTakeAMomentForNone(Instant moment, long millis) {
        assertThat(Lifetimes.of(SessionEntryOptions.absoluteAt(moment), null))
                .isEqualTo(new Lifetimes(0, millis, 0, 0));
    }

    @Test
    void shouldRefuseLifetimesThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifetimes(-1, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifetimes(0, -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifetimes(0, 0, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifetimes(0, 0, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifetimes(0, 0, 0, 0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lifetimes(1, 1, 0, 0));
    }

    @Test
    void shouldMakeTokensThatDifferAndFit() {
        Set<OperationToken> tokens = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            tokens.add(OperationToken.random());
        }

        assertThat(tokens).hasSize(1000).allSatisfy(token -> {
            assertThat(token.attempt()).isZero();
            assertThat(token.operation()).isBetween(0L, (1L << 40) - 1);
        });
    }

    @Test
    void shouldRecogniseEarlierAttemptsOfTheSameOperationOnly() {
        var first = new OperationToken(7, 0);
        var second = first.next();

        assertThat(second).isEqualTo(new OperationToken(7, 1));
        assertThat(first.repeats(first)).isTrue();
        assertThat(second.repeats(first)).isTrue();
        assertThat(first.repeats(second)).isFalse();
        assertThat(new OperationToken(8, 1).repeats(first)).isFalse();
    }

    @Test
    void shouldStayAtTheLastAttempt() {
        var last = new OperationToken(7, 255);

        assertThat(last.next()).isEqualTo(last);
        assertThat(last.next().repeats(last)).isTrue();
    }

    @Test
    void shouldRefuseTokensThatDoNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationToken(1L << 40, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationToken(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationToken(0, 256));
        assertThatIllegalArgumentException().isThrownBy(() -> new OperationToken(0, -1));
    }

    @Test
    void shouldCheckAnAddress() {
        assertThat(new SessionAddress("checkout", "order/7")).hasToString("checkout/order/7");
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionAddress("checkout", ""));
        assertThatNullPointerException().isThrownBy(() -> new SessionAddress("checkout", null));
        assertThatNullPointerException().isThrownBy(() -> new SessionAddress(null, "k"));
    }

    /** CRC-32 of "123456789" is the check value that its catalogues give: CBF43926. */
    @ParameterizedTest
    @CsvSource({"123456789, 0x26", "a, 0x43", "ä, 0x83", "€, 0xD6"})
    void shouldKeepEveryKeyInItsBucket(String key, int bucket) {
        assertThat(new SessionAddress("checkout", key).bucket()).isEqualTo(bucket);
        assertThat(new SessionAddress("other", key).bucket()).isEqualTo(bucket);
    }

    @Test
    void shouldCopyProperties() {
        Map<String, String> properties = new HashMap<>(Map.of("a", "b"));
        var data = new SessionData(properties, new byte[0]);

        properties.clear();

        assertThat(data.properties()).containsExactly(Map.entry("a", "b"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> data.properties().clear());
    }

    @Test
    void shouldRaiseAVersionByOne() {
        assertThat(new SessionVersion("id", 3).next()).isEqualTo(new SessionVersion("id", 4));
    }
}
