package io.sessiontracker.autoconfigure.actuate;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleTracer;
import io.micrometer.tracing.test.simple.TracerAssert;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.autoconfigure.SessionTrackerObservationAutoConfiguration;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.micrometer.DefaultSessionObservationConvention;
import io.sessiontracker.micrometer.SessionMeters;
import io.sessiontracker.micrometer.SessionObservationConvention;
import io.sessiontracker.micrometer.SessionObservations;
import io.sessiontracker.spi.SessionInstrumentation;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** Operations are observed with the application's Micrometer registries. */
class ObservationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("session-tracker.store=memory", "session-tracker.namespace=shop")
            .withConfiguration(AutoConfigurations.of(
                    SessionTrackerAutoConfiguration.class, SessionTrackerObservationAutoConfiguration.class));

    @Test
    void shouldShowTheDocumentedMetersInAScrape() {
        try (Operator operator = Operator.exposed()) {
            SessionTracker tracker = operator.tracker();
            tracker.start(new CheckoutSession("order-7")).orElseThrow();
            tracker.getLocked(CheckoutSession.class, "order-7").orElseThrow().close();

            assertThat(operator.get("/prometheus"))
                    .hasStatusOk()
                    .bodyText()
                    .contains("session_tracker_sessions{type=\"checkout\"} 1.0")
                    .contains("session_tracker_lock_wait_seconds_count{outcome=\"acquired\",type=\"checkout\"} 1")
                    .contains("session_tracker_lock_hold_seconds_count{type=\"checkout\"} 1")
                    .contains("session_tracker_conflicts_total{type=\"checkout\"} 0.0")
                    .contains("session_tracker_expirations_total{type=\"cart\"} 0.0")
                    .contains("session_tracker_expirations_reclaimed_total{type=\"checkout\"} 0.0")
                    .containsPattern("session_tracker_operations_seconds_count\\{error=\"none\",operation=\"start\","
                            + "outcome=\"success\",type=\"checkout\"} 1")
                    .doesNotContain("order-7");
        }
    }

    @Test
    void shouldBeASpanOfATrace() {
        SimpleTracer tracer = new SimpleTracer();
        TestObservationRegistry registry = TestObservationRegistry.create();
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
        application.withBean(ObservationRegistry.class, () -> registry).run(context -> {
            context.getBean(SessionTracker.class)
                    .start(new CheckoutSession("order-7"))
                    .orElseThrow();

            TracerAssert.assertThat(tracer)
                    .onlySpan()
                    .hasNameEqualTo("start checkout")
                    .hasTag("outcome", "success");
        });
    }

    @Test
    void shouldUseTheApplicationsConvention() {
        TestObservationRegistry registry = TestObservationRegistry.create();
        application
                .withBean(ObservationRegistry.class, () -> registry)
                .withBean(SessionObservationConvention.class, () -> new DefaultSessionObservationConvention() {
                    @Override
                    public String getName() {
                        return "shop.sessions";
                    }
                })
                .run(context -> {
                    assertThat(context.getBean(SessionTracker.class).count(CheckoutSession.class))
                            .isZero();
                    TestObservationRegistryAssert.assertThat(registry)
                            .hasSingleObservationThat()
                            .hasNameEqualTo("shop.sessions");
                });
    }

    @Test
    void shouldBackOffWithoutRegistry() {
        application.run(context ->
                assertThat(context).doesNotHaveBean(SessionObservations.class).doesNotHaveBean(SessionMeters.class));
    }

    @Test
    void shouldWorkWithoutMicrometer() {
        SpringApplication spring = new SpringApplication(
                new DefaultResourceLoader(new FilteredClassLoader("io.micrometer.core", "io.micrometer.observation")),
                WithoutMicrometer.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        try (var context = spring.run("--session-tracker.store=memory", "--session-tracker.namespace=shop")) {
            assertThat(context.getBeanNamesForType(SessionInstrumentation.class))
                    .isEmpty();
            context.getBean(SessionTracker.class)
                    .start(new CheckoutSession("order-7"))
                    .orElseThrow();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SessionTrackerAutoConfiguration.class, SessionTrackerObservationAutoConfiguration.class})
    static class WithoutMicrometer {}
}
