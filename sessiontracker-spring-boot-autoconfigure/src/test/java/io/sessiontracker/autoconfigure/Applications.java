package io.sessiontracker.autoconfigure;

import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Applications for tests. */
public final class Applications {

    private Applications() {}

    /** Has only the auto-configuration under test. */
    public static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withPropertyValues("spring.application.name=shop")
                .withConfiguration(AutoConfigurations.of(SessionTrackerAutoConfiguration.class));
    }

    /** Keeps sessions in memory. */
    public static ApplicationContextRunner memory() {
        return bare().withPropertyValues("session-tracker.store=memory");
    }

    /** Has Spring Boot's connection factory; no server is needed. */
    public static ApplicationContextRunner redis() {
        return bare().withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("spring.data.redis.port=1");
    }

    /** Names the package of the application's classes. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = CheckoutSession.class)
    public static class Known {}
}
