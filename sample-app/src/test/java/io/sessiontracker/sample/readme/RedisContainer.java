package io.sessiontracker.sample.readme;

import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.testcontainers.containers.GenericContainer;

/** Not annotated as a configuration, so that a scan does not start a container. */
public class RedisContainer {

    @Bean
    @ServiceConnection(name = "redis")
    GenericContainer<?> redis() {
        return new GenericContainer<>("redis:7.4").withExposedPorts(6379);
    }
}
