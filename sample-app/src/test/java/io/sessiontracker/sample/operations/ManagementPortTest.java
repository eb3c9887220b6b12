package io.sessiontracker.sample.operations;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** Two shops never have the same management port. */
class ManagementPortTest {

    @ParameterizedTest
    @CsvSource({
        "8080,,9080",
        "8081,,9081",
        "0,,0",
        "10080,,11080",
        "64535,,65535",
        "64536,,0",
        "8080,7000,7000",
        ",,9080"
    })
    void shouldBeNextToShopsPortByDefault(String shop, String said, String expected) {
        MockEnvironment environment = new MockEnvironment();
        if (shop != null) {
            environment.setProperty("server.port", shop);
        }
        if (said != null) {
            environment.setProperty("management.server.port", said);
        }
        new ManagementPort().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("management.server.port")).isEqualTo(expected);
    }
}
