package io.sessiontracker.autoconfigure.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SweepSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The metadata of the settings, which editors show. */
class MetadataTest {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";

    private static final String ENDPOINT = "management.endpoint.sessiontracker.";

    private final JsonNode metadata = read();

    @Test
    void shouldListEverySetting() {
        assertThat(properties())
                .containsOnlyKeys(
                        "session-tracker.store",
                        "session-tracker.namespace",
                        "session-tracker.lock.provider",
                        "session-tracker.redis.min-replicas",
                        "session-tracker.jdbc.initialize-schema",
                        "session-tracker.jdbc.schema",
                        "session-tracker.jdbc.platform",
                        "session-tracker.jdbc.continue-on-error",
                        "session-tracker.jdbc.lock-notifications",
                        "session-tracker.jdbc.table-prefix",
                        "session-tracker.jdbc.transaction",
                        "session-tracker.dynamodb.table",
                        "session-tracker.dynamodb.create-table",
                        "session-tracker.dynamodb.timeout",
                        "session-tracker.dynamodb.endpoint",
                        "session-tracker.dynamodb.region",
                        "session-tracker.dynamodb.access-key",
                        "session-tracker.dynamodb.secret-key",
                        "session-tracker.sweep.enabled",
                        "session-tracker.sweep.interval",
                        "session-tracker.sweep.lease",
                        "session-tracker.sweep.batch-size",
                        "session-tracker.sweep.attempts",
                        "session-tracker.modify.attempts",
                        "session-tracker.watch.interval",
                        "session-tracker.encryption.active",
                        "session-tracker.encryption.keys",
                        "session-tracker.encryption.accept-plain",
                        "session-tracker.encryption.compress-above",
                        "session-tracker.near-cache.max-size",
                        "session-tracker.web.problem-details",
                        "session-tracker.web.problem-type",
                        "session-tracker.defaults.absolute-expiration",
                        "session-tracker.defaults.sliding-expiration",
                        "session-tracker.defaults.sliding-tolerance",
                        "session-tracker.defaults.expired-retention",
                        "session-tracker.defaults.indexed-properties",
                        "session-tracker.defaults.blind-indexed",
                        "session-tracker.defaults.queryable",
                        "session-tracker.defaults.max-size",
                        "session-tracker.defaults.access.read",
                        "session-tracker.defaults.access.write",
                        "session-tracker.defaults.access.lock",
                        "session-tracker.defaults.access.end",
                        "session-tracker.defaults.access.query",
                        "session-tracker.defaults.access.administer",
                        "session-tracker.defaults.access.any",
                        "session-tracker.defaults.owner-property",
                        "session-tracker.defaults.owner-exempt-authorities",
                        "session-tracker.defaults.near-cache.mode",
                        "session-tracker.defaults.near-cache.max-staleness",
                        "session-tracker.defaults.finished.absolute-expiration",
                        "session-tracker.defaults.finished.sliding-expiration",
                        "session-tracker.defaults.lock.lease",
                        "session-tracker.defaults.lock.wait",
                        "session-tracker.defaults.lock.retry",
                        "session-tracker.types",
                        ENDPOINT + "access",
                        ENDPOINT + "cache.time-to-live",
                        ENDPOINT + "show-payload",
                        ENDPOINT + "roles",
                        ENDPOINT + "redact");
    }

    @Test
    void shouldDescribeEverySettingInPlainText() {
        assertThat(properties().values())
                .allSatisfy(property ->
                        assertThat(property.path("description").asString()).matches("[A-Z][^{<@]*\\."));
    }

    @Test
    void shouldShowEffectiveDefaults() {
        Map<String, JsonNode> properties = properties();
        String[] defaults = properties.entrySet().stream()
                .filter(property -> property.getKey().matches("session-tracker\\.(defaults|sweep)\\..*"))
                .map(property -> property.getKey() + "="
                        + property.getValue().path("defaultValue").asString())
                .toArray(String[]::new);
        assertThat(defaults).hasSize(29);
        new ApplicationContextRunner()
                .withUserConfiguration(SettingsTest.SettingsOnly.class)
                .withPropertyValues(defaults)
                .run(context -> {
                    assertThat(context.getBean(SessionTrackerSettings.class))
                            .isEqualTo(SessionTrackerSettings.BUILT_IN);
                    assertThat(context.getBean(SweepSettings.class)).isEqualTo(SweepSettings.BUILT_IN);
                });
        assertThat(Objects.requireNonNull(properties.get("session-tracker.modify.attempts"))
                        .path("defaultValue")
                        .asInt())
                .isEqualTo(SessionTrackerBuilder.MODIFY_ATTEMPTS);
        assertThat(Objects.requireNonNull(properties.get("session-tracker.store"))
                        .path("defaultValue")
                        .asString())
                .isEqualTo("redis");
    }

    @Test
    void shouldHintAtValues() {
        assertThat(hint("session-tracker.store")).contains("redis", "jdbc", "dynamodb", "memory");
        assertThat(hint("session-tracker.lock.provider")).contains("redisson", "redis", "jdbc", "dynamodb", "memory");
        properties().forEach((name, property) -> {
            if (property.path("type").asString().equals(Lifetime.class.getName())) {
                assertThat(hint(name)).as(name).contains("none");
            }
        });
    }

    private Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new TreeMap<>();
        metadata.path("properties")
                .forEach(property -> properties.put(property.path("name").asString(), property));
        return properties;
    }

    private String hint(String name) {
        return metadata.path("hints")
                .valueStream()
                .filter(hint -> hint.path("name").asString().equals(name))
                .map(JsonNode::toString)
                .findAny()
                .orElse("");
    }

    /** Reads the file of this module, as other jars have one, too. */
    private static JsonNode read() {
        try {
            Path classes = Path.of(SessionTrackerProperties.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (InputStream json = Files.newInputStream(classes.resolve(FILE))) {
                return JsonMapper.shared().readTree(json);
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
