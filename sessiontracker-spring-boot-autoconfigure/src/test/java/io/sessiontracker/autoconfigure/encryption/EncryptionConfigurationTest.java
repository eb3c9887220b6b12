package io.sessiontracker.autoconfigure.encryption;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import io.sessiontracker.encryption.SessionKeyProvider;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What an application stores with keys in its settings, and how it changes them. */
@ExtendWith(OutputCaptureExtension.class)
class EncryptionConfigurationTest {

    private static final String ENCRYPTION = "session-tracker.encryption.";
    private static final Instant PAID = Instant.parse("2026-01-31T09:30:00Z");
    private static final String KEY_1 = key(1);
    private static final String KEY_2 = key(2);

    private final SessionDataProvider store = new InMemorySessionDataProvider();
    private final ApplicationContextRunner application =
            Applications.memory().withBean(SessionDataProvider.class, () -> store);

    @Test
    void keysShouldBeReplacedWhileSessionsAreInUse() {
        application.run(context -> start(context.getBean(SessionTracker.class), "plain"));
        assertThat(stored("plain")).contains("2026-01-31");

        // Each release reads what the one before it and the next one write.
        with("keys.k1=" + KEY_1, "accept-plain=true")
                .run(context -> start(context.getBean(SessionTracker.class), "still-plain"));
        assertThat(stored("still-plain")).contains("2026-01-31");
        with("active=k1", "keys.k1=" + KEY_1, "accept-plain=true").run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            start(tracker, "first");
            assertThat(paid(tracker, "plain")).isEqualTo(PAID);
            rewrite(tracker, "plain");
        });
        assertThat(stored("first")).doesNotContain("2026-01-31", "paidAt").contains("k1");
        assertThat(stored("plain")).doesNotContain("2026-01-31");
        with("active=k2", "keys.k1=" + KEY_1, "keys.k2=" + KEY_2).run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            assertThat(paid(tracker, "first")).isEqualTo(PAID);
            rewrite(tracker, "first");
        });
        with("active=k2", "keys.k2=" + KEY_2).run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            assertThat(paid(tracker, "first")).isEqualTo(PAID);
            assertThatExceptionOfType(SessionCodecException.class)
                    .isThrownBy(() -> tracker.get(CheckoutSession.class, "plain"))
                    .withMessageContaining("encrypted by the key \"k1\", which is not there");
        });
    }

    @Test
    void aProviderOfTheApplicationShouldGiveTheKeys() {
        application
                .withBean(SessionKeyProvider.class, () -> SessionKeyProvider.of("kms", Map.of("kms", new byte[32])))
                .run(context -> start(context.getBean(SessionTracker.class), "order-1"));

        assertThat(stored("order-1")).contains("kms").doesNotContain("2026-01-31");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keys.k1=AAAA                | session-tracker.encryption.keys has [k1], but session-tracker.encryption.active does not say",
                "active=k1                   | The active encryption key is \"k1\"; there are []",
                "active=k1,keys.k1=QUFBQQ==  | The encryption key \"k1\" has 4 bytes; AES-256 needs 32",
                "active=k1,keys.k1=s?cret    | session-tracker.encryption.keys.k1 is not Base64.",
            })
    void keysThatCannotBeUsedShouldStopTheStart(String settings, String reason) {
        with(settings.split(","))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(reason)
                        .hasMessageNotContaining("s?cret"));
    }

    @Test
    void keysInBothPlacesShouldStopTheStart() {
        with("active=k1", "keys.k1=" + KEY_1)
                .withBean(SessionKeyProvider.class, () -> SessionKeyProvider.of("k1", Map.of("k1", new byte[32])))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("there is a SessionKeyProvider bean"));
    }

    @Test
    void aHiddenPropertyShouldBeFound() {
        with("active=k1", "keys.k1=" + KEY_1)
                .withPropertyValues("session-tracker.types.checkout.blind-indexed=email")
                .run(context -> {
                    SessionTracker tracker = context.getBean(SessionTracker.class);
                    CheckoutSession checkout = new CheckoutSession("order-1");
                    checkout.getProperties().put("email", "ann@example.org");
                    tracker.start(checkout).orElseThrow();

                    assertThat(tracker.query(CheckoutSession.class)
                                    .where("email is 'ann@example.org'")
                                    .count())
                            .isOne();
                    assertThat(store.get(new SessionAddress("checkout", "order-1"), false)
                                    .toCompletableFuture()
                                    .join()
                                    .toString())
                            .contains("email")
                            .doesNotContain("ann@");
                });
    }

    @Test
    void hiddenPropertiesShouldNeedAKey() {
        application
                .withPropertyValues("session-tracker.types.checkout.blind-indexed=email")
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("blind-indexed properties, and there is no key"));
    }

    @Test
    void noKeyShouldBeShown(CapturedOutput output) {
        with("active=k1", "keys.k1=" + KEY_1).run(context -> {
            start(context.getBean(SessionTracker.class), "order-1");
            assertThat(context.getBean(SessionTrackerProperties.class).toString())
                    .contains("keys=[k1]")
                    .doesNotContain(KEY_1);
        });
        assertThat(output).doesNotContain(KEY_1);
    }

    private ApplicationContextRunner with(String... settings) {
        ApplicationContextRunner runner = application;
        for (String setting : settings) {
            runner = runner.withPropertyValues(ENCRYPTION + setting.strip());
        }
        return runner;
    }

    private String stored(String key) {
        StoreReply reply = store.get(new SessionAddress("checkout", key), false)
                .toCompletableFuture()
                .join();
        StoreReply.Done done = (StoreReply.Done) reply;
        return new String(Objects.requireNonNull(done.session()).data().payload(), StandardCharsets.ISO_8859_1);
    }

    private static void start(SessionTracker tracker, String key) {
        CheckoutSession checkout = new CheckoutSession(key);
        checkout.paidAt = PAID;
        tracker.start(checkout).orElseThrow();
    }

    private static Instant paid(SessionTracker tracker, String key) {
        return Objects.requireNonNull(tracker.get(CheckoutSession.class, key).orElseThrow().paidAt);
    }

    private static void rewrite(SessionTracker tracker, String key) {
        tracker.modify(CheckoutSession.class, key, checkout -> {}).orElseThrow();
    }

    private static String key(int value) {
        byte[] key = new byte[32];
        key[0] = (byte) value;
        return Base64.getEncoder().encodeToString(key);
    }
}
