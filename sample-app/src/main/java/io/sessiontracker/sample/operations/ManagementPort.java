package io.sessiontracker.sample.operations;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets Actuator's port unless {@code management.server.port} is set: a thousand above the shop's, so that two shops on one machine
 * differ, or any free port if the shop's is dynamic or above 64535.
 */
final class ManagementPort implements EnvironmentPostProcessor {

    private static final String PROPERTY = "management.server.port";
    private static final int DISTANCE = 1_000;
    private static final int HIGHEST = 65_535;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.containsProperty(PROPERTY)) {
            int shop = environment.getProperty("server.port", Integer.class, 8080);
            int port = shop > 0 && shop <= HIGHEST - DISTANCE ? shop + DISTANCE : 0;
            environment.getPropertySources().addLast(new MapPropertySource("managementPort", Map.of(PROPERTY, port)));
        }
    }
}
