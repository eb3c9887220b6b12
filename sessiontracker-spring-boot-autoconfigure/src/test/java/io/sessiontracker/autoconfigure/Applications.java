package io.sessiontracker.autoconfigure;

import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** Applications to begin a test with. */
final class Applications {

    private Applications() {}

    /** With nothing but our auto-configuration. */
    static ApplicationContextRunner bare() {
        return new ApplicationContextRunner()
                .withPropertyValues("spring.application.name=shop")
                .withConfiguration(AutoConfigurations.of(SessionTrackerAutoConfiguration.class));
    }

    /** With sessions in memory. */
    static ApplicationContextRunner memory() {
        return bare().withPropertyValues("session-tracker.store=memory");
    }

    /** With Spring Boot's Redis, which need not be there. */
    static ApplicationContextRunner redis() {
        return bare().withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("spring.data.redis.port=1");
    }

    /** Where the application's classes are. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = CheckoutSession.class)
    static class Known {}
}
