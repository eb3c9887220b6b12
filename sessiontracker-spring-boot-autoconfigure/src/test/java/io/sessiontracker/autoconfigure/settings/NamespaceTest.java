package io.sessiontracker.autoconfigure.settings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class NamespaceTest {

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void shouldTakeTheConfiguredNamespace() {
        environment.setProperty("spring.application.name", "not used, and no namespace");
        assertThat(Namespace.of("shop:eu-1.test_2", environment).value()).isEqualTo("shop:eu-1.test_2");
    }

    @Test
    void shouldDefaultToTheApplicationName(CapturedOutput output) {
        environment.setProperty("spring.application.name", "shop");
        assertThat(Namespace.of(null, environment).value()).isEqualTo("shop");
        assertThat(output).doesNotContain("spring.application.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldWarnOfTheFallback(String name, CapturedOutput output) {
        environment.setProperty("spring.application.name", name);
        assertThat(Namespace.of(null, environment).value()).isEqualTo("session-tracker");
        assertThat(output).contains("WARN", "session-tracker.namespace", "spring.application.name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "my shop",
                "shop{1}",
                "läden",
                "shop\n",
                "n2345678901234567890123456789012345678901234567890123456789012345"
            })
    void shouldRefuseAnInvalidNamespace(String namespace) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> Namespace.of(namespace, environment))
                .withMessageContaining("1 to 64 ASCII letters, digits, '.', '_', '-' and ':'")
                .satisfies(invalid -> {
                    assertThat(invalid.getName()).isEqualTo("session-tracker.namespace");
                    assertThat(invalid.getValue()).isEqualTo(namespace);
                });
    }

    @Test
    void shouldNameBothPropertiesIfTheApplicationNameIsInvalid() {
        environment.setProperty("spring.application.name", "My Shop");
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> Namespace.of(null, environment))
                .withMessageContainingAll("spring.application.name", "My Shop", "session-tracker.namespace", "1 to 64");
    }
}
