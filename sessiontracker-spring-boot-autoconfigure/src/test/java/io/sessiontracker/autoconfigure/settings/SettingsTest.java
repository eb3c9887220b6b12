package io.sessiontracker.autoconfigure.settings;

import java.time.Duration;

import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.cache.NearCacheMode;
import io.sessiontracker.cache.NearCacheSettings;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.engine.SweepSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SettingsTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(SettingsOnly.class);

    @Test
    void shouldDefaultToBuiltInSettings() {
        assertThat(settings()).isEqualTo(SessionTrackerSettings.BUILT_IN);
    }

    @Test
    void shouldBindEverySettingOfTheDefaults() {
        assertThat(settings(
                                "session-tracker.defaults.absolute-expiration=1h",
                                "session-tracker.defaults.sliding-expiration=2m",
                                "session-tracker.defaults.expired-retention=3m",
                                "session-tracker.defaults.finished.absolute-expiration=4h",
                                "session-tracker.defaults.finished.sliding-expiration=5m",
                                "session-tracker.defaults.lock.lease=6s",
                                "session-tracker.defaults.lock.wait=7s",
                                "session-tracker.defaults.lock.retry=8ms")
                        .defaults())
                .isEqualTo(new SessionTypeSettings(
                        options(Duration.ofHours(1), Duration.ofMinutes(2)),
                        Duration.ofMinutes(3),
                        options(Duration.ofHours(4), Duration.ofMinutes(5)),
                        new LockSettings(Duration.ofSeconds(6), Duration.ofSeconds(7), Duration.ofMillis(8))));
    }

    @Test
    void shouldBindEverySettingOfAType() {
        assertThat(settings(
                                "session-tracker.types.checkout.absolute-expiration=1h",
                                "session-tracker.types.checkout.sliding-expiration=2m",
                                "session-tracker.types.checkout.expired-retention=3m",
                                "session-tracker.types.checkout.finished.absolute-expiration=4h",
                                "session-tracker.types.checkout.finished.sliding-expiration=5m",
                                "session-tracker.types.checkout.lock.lease=6s",
                                "session-tracker.types.checkout.lock.wait=7s",
                                "session-tracker.types.checkout.lock.retry=8ms")
                        .of("checkout"))
                .isEqualTo(new SessionTypeSettings(
                        options(Duration.ofHours(1), Duration.ofMinutes(2)),
                        Duration.ofMinutes(3),
                        options(Duration.ofHours(4), Duration.ofMinutes(5)),
                        new LockSettings(Duration.ofSeconds(6), Duration.ofSeconds(7), Duration.ofMillis(8))));
    }

    @Test
    void shouldBindWhetherSessionsAreQueryable() {
        SessionTrackerSettings settings = settings(
                "session-tracker.defaults.queryable=false",
                "session-tracker.types.checkout.queryable=true",
                "session-tracker.types.checkout.expired-retention=5m",
                "session-tracker.types.chat.lock.wait=1s");
        assertThat(settings.defaults().queryable()).isFalse();
        assertThat(settings.of("chat").queryable()).isFalse();
        assertThat(settings.of("checkout").queryable()).isTrue();
        assertThat(settings().defaults().queryable()).isTrue();
    }

    @Test
    void shouldBindTheSize() {
        SessionTrackerSettings settings =
                settings("session-tracker.defaults.max-size=64KB", "session-tracker.types.checkout.max-size=2MB");

        assertThat(settings.of("another").maxSize()).isEqualTo(64 * 1024);
        assertThat(settings.of("checkout").maxSize()).isEqualTo(2 * 1024 * 1024);
        assertThat(settings().defaults().maxSize()).isEqualTo(1024 * 1024);
    }

    @Test
    void shouldBindTheSlidingTolerance() {
        SessionTrackerSettings settings = settings(
                "session-tracker.defaults.sliding-tolerance=3s", "session-tracker.types.checkout.sliding-tolerance=0");

        assertThat(settings.of("another").slidingTolerance()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.of("checkout").slidingTolerance()).isEqualTo(Duration.ZERO);
        assertThat(settings().defaults().slidingTolerance()).isNull();
    }

    @Test
    void shouldBindTheNearCache() {
        SessionTrackerSettings settings = settings(
                "session-tracker.defaults.near-cache.mode=validated",
                "session-tracker.defaults.near-cache.max-staleness=5s",
                "session-tracker.types.checkout.near-cache.mode=none",
                "session-tracker.types.chat.near-cache.mode=local");

        assertThat(settings.of("another").nearCache())
                .isEqualTo(new NearCacheSettings(NearCacheMode.VALIDATED, Duration.ofSeconds(5)));
        assertThat(settings.of("chat").nearCache())
                .isEqualTo(new NearCacheSettings(NearCacheMode.LOCAL, Duration.ofSeconds(5)));
        assertThat(settings.of("checkout").nearCache().mode()).isEqualTo(NearCacheMode.NONE);
        assertThat(settings().hasNearCache()).isFalse();
    }

    @Test
    void shouldMergeEachValueSeparately() {
        SessionTrackerSettings settings = settings(
                "session-tracker.defaults.sliding-expiration=2m",
                "session-tracker.defaults.lock.wait=7s",
                "session-tracker.defaults.lock.lease=1m",
                "session-tracker.defaults.finished.sliding-expiration=5m",
                "session-tracker.types.checkout.lock.wait=9s",
                "session-tracker.types.checkout.finished.absolute-expiration=1h");
        assertThat(settings.of("checkout"))
                .isEqualTo(new SessionTypeSettings(
                        options(Duration.ofMinutes(30), Duration.ofMinutes(2)),
                        null,
                        options(Duration.ofHours(1), Duration.ofMinutes(5)),
                        new LockSettings(Duration.ofMinutes(1), Duration.ofSeconds(9), Duration.ofMillis(50))));
        assertThat(settings.of("another")).isEqualTo(settings.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "NONE", " none ", "0", "0s", "PT0S"})
    void shouldOverrideDefaultByNone(String none) {
        SessionTypeSettings checkout = settings(
                        "session-tracker.defaults.expired-retention=1m",
                        "session-tracker.defaults.finished.sliding-expiration=1m",
                        "session-tracker.types.checkout.absolute-expiration=" + none,
                        "session-tracker.types.checkout.sliding-expiration=" + none,
                        "session-tracker.types.checkout.expired-retention=" + none,
                        "session-tracker.types.checkout.finished.absolute-expiration=" + none,
                        "session-tracker.types.checkout.finished.sliding-expiration=" + none)
                .of("checkout");
        assertThat(checkout)
                .isEqualTo(new SessionTypeSettings(
                        SessionEntryOptions.none(), null, SessionEntryOptions.none(), LockSettings.BUILT_IN));
    }

    @ParameterizedTest
    @CsvSource({"30m, PT30M", "PT45S, PT45S", "1500, PT1.5S", "250us, PT0.00025S", "2d, PT48H"})
    void shouldReadLifetimesInEveryStyleOfADuration(String text, Duration expected) {
        assertThat(settings("session-tracker.defaults.sliding-expiration=" + text)
                        .defaults()
                        .running()
                        .slidingExpiration())
                .isEqualTo(expected);
    }

    @Test
    void shouldReadNumbersOfYaml() {
        SessionTypeSettings defaults = yaml("""
                session-tracker:
                  defaults:
                    absolute-expiration: 0
                    sliding-expiration: 90000
                    finished:
                      absolute-expiration: 8640000000
                    lock:
                      lease: 5000
                """);
        assertThat(defaults.running()).isEqualTo(options(null, Duration.ofSeconds(90)));
        assertThat(defaults.finished()).isEqualTo(options(Duration.ofDays(100), null));
        assertThat(defaults.lock().leaseTime()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "session-tracker.defaults.lock.lease, 0s",
        "session-tracker.defaults.lock.lease, -1s",
        "session-tracker.defaults.lock.retry, 0s",
        "session-tracker.defaults.lock.retry, -1s",
        "session-tracker.defaults.lock.wait, -1s",
        "session-tracker.types.checkout.lock.lease, 0s",
        "session-tracker.types.checkout.lock.lease, -1s",
        "session-tracker.types.checkout.lock.retry, 0s",
        "session-tracker.types.checkout.lock.retry, -1s",
        "session-tracker.types.checkout.lock.wait, -1s"
    })
    void shouldRefuseInvalidLockSettings(String property, String value) {
        runner.withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, invalid -> {
                            assertThat(invalid.getName()).isEqualTo(property);
                            assertThat(invalid.getReason()).startsWith("It must be ");
                        }));
    }

    @Test
    void shouldBindEverySettingOfTheSweep() {
        runner.withPropertyValues(
                        "session-tracker.sweep.enabled=false",
                        "session-tracker.sweep.interval=1s",
                        "session-tracker.sweep.lease=2s",
                        "session-tracker.sweep.batch-size=3",
                        "session-tracker.sweep.attempts=4")
                .run(context -> assertThat(context.getBean(SweepSettings.class))
                        .isEqualTo(new SweepSettings(false, Duration.ofSeconds(1), Duration.ofSeconds(2), 3, 4)));
    }

    @Test
    void shouldOverrideIndexedPropertiesByType() {
        SessionTrackerSettings settings = settings(
                "session-tracker.defaults.indexed-properties=tenant,customer",
                "session-tracker.types.checkout.indexed-properties[0]=country",
                "session-tracker.types.cart.indexed-properties=",
                "session-tracker.types.chat.lock.wait=1s");
        assertThat(settings.of("another").indexedProperties()).containsExactlyInAnyOrder("tenant", "customer");
        assertThat(settings.of("chat").indexedProperties()).containsExactlyInAnyOrder("tenant", "customer");
        assertThat(settings.of("checkout").indexedProperties()).containsExactly("country");
        assertThat(settings.of("cart").indexedProperties()).isEmpty();
    }

    @Test
    void shouldIndexWhatIsHidden() {
        SessionTrackerSettings settings = settings(
                "session-tracker.defaults.blind-indexed=email",
                "session-tracker.types.checkout.indexed-properties=country",
                "session-tracker.types.checkout.owner-property=email",
                "session-tracker.types.cart.blind-indexed=phone");
        assertThat(settings.hasBlindIndexes()).isTrue();
        assertThat(settings.of("checkout").blindIndexed()).containsExactly("email");
        assertThat(settings.of("checkout").indexedProperties()).containsExactlyInAnyOrder("country", "email");
        assertThat(settings.of("cart").blindIndexed()).containsExactly("phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[Checkout]",
                "[check_out]",
                "[-checkout]",
                "[check.out]",
                "[check out]",
                "Checkout",
                "check_out",
                "c23456789012345678901234567890123456789012345678901234567890123456"
            })
    void shouldRefuseInvalidTypeName(String name) {
        runner.withPropertyValues("session-tracker.types." + name + ".lock.wait=1s")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, invalid -> {
                            assertThat(invalid.getName()).isEqualTo("session-tracker.types");
                            assertThat(invalid.getValue()).isEqualTo(name.replaceAll("[\\[\\]]", ""));
                        }));
    }

    private SessionTrackerSettings settings(String... properties) {
        return read(runner.withPropertyValues(properties));
    }

    private SessionTypeSettings yaml(String yaml) {
        return read(runner.withInitializer(context -> {
                    try {
                        new YamlPropertySourceLoader()
                                .load("yaml", new ByteArrayResource(yaml.getBytes(UTF_8)))
                                .forEach(context.getEnvironment().getPropertySources()::addFirst);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .defaults();
    }

    private static SessionTrackerSettings read(ApplicationContextRunner runner) {
        SessionTrackerSettings[] settings = new SessionTrackerSettings[1];
        runner.run(context -> settings[0] = context.getBean(SessionTrackerSettings.class));
        return settings[0];
    }

    private static SessionEntryOptions options(@Nullable Duration absolute, @Nullable Duration sliding) {
        return new SessionEntryOptions(absolute, null, sliding);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SessionTrackerProperties.class)
    static class SettingsOnly {

        @Bean
        SessionTrackerSettings sessionTrackerSettings(SessionTrackerProperties properties) {
            return SettingsFactory.create(properties);
        }

        @Bean
        SweepSettings sessionTrackerSweepSettings(SessionTrackerProperties properties) {
            return SettingsFactory.create(properties.sweep());
        }
    }
}
