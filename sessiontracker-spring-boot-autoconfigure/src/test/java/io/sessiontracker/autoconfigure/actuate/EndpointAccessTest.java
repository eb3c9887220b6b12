package io.sessiontracker.autoconfigure.actuate;

import java.security.Principal;
import java.util.Map;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint's access rules. */
class EndpointAccessTest {

    private static final String UNRESTRICTED = "management.endpoint.sessiontracker.access=unrestricted";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues("session-tracker.store=memory", "session-tracker.namespace=shop")
            .withConfiguration(AutoConfigurations.of(
                    SessionTrackerAutoConfiguration.class,
                    SessionTrackerEndpointAutoConfiguration.class,
                    EndpointAutoConfiguration.class));

    @Test
    void shouldBeAbsentUnlessExposed() {
        try (Operator operator = Operator.of()) {
            assertThat(operator.get("/health")).hasStatusOk();
            assertThat(operator.get("/sessiontracker")).hasStatus(404);
        }
        application.run(context -> assertThat(context).doesNotHaveBean(SessionTrackerEndpoint.class));
    }

    @Test
    void shouldBePresentIfExposed() {
        application
                .withPropertyValues("management.endpoints.web.exposure.include=sessiontracker")
                .run(context -> assertThat(context).hasSingleBean(SessionTrackerEndpoint.class));
        application
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*", "management.endpoint.sessiontracker.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(SessionTrackerEndpoint.class));
    }

    @Test
    void shouldWorkWithoutActuator() {
        SpringApplication spring = new SpringApplication(
                new DefaultResourceLoader(new FilteredClassLoader("org.springframework.boot.actuate")),
                BothOfOurs.class);
        spring.setWebApplicationType(WebApplicationType.NONE);
        try (var context = spring.run("--session-tracker.store=memory", "--session-tracker.namespace=shop")) {
            assertThat(context.getBeanNamesForType(SessionTracker.class)).hasSize(1);
        }
    }

    @Test
    void shouldBeReadOnlyByDefault() {
        try (Operator operator = Operator.exposed()) {
            PaymentSession payment = new PaymentSession("payment-1");
            operator.tracker().start(payment).orElseThrow();

            assertThat(operator.post("/sessiontracker")).hasStatus(405);
            assertThat(operator.post("/sessiontracker/payment/payment-1", Map.of("action", "finish")))
                    .hasStatus(405);
            assertThat(operator.delete("/sessiontracker/payment/payment-1")).hasStatus(405);
            assertThat(operator.tracker()
                            .peek(PaymentSession.class, "payment-1")
                            .isSuccess())
                    .isTrue();
        }
    }

    @Test
    void shouldObeyMaximumPermittedAccess() {
        try (Operator operator =
                Operator.exposed(UNRESTRICTED, "management.endpoints.access.max-permitted=read-only")) {
            assertThat(operator.get("/sessiontracker")).hasStatusOk();
            assertThat(operator.post("/sessiontracker")).hasStatus(405);
        }
    }

    /** No user is authenticated here, so none is authorized. */
    @ParameterizedTest
    @ValueSource(strings = {"", "when-authorized"})
    void shouldHidePayloadByDefault(String show) {
        try (Operator operator = show.isEmpty()
                ? Operator.exposed()
                : Operator.exposed("management.endpoint.sessiontracker.show-payload=" + show)) {
            operator.tracker().start(new PaymentSession("payment-1")).orElseThrow();

            assertThat(operator.get("/sessiontracker/payment/payment-1"))
                    .hasStatusOk()
                    .bodyText()
                    .doesNotContain("payload\"", "Linden", PaymentSession.SECRET);
        }
    }

    @Test
    void shouldShowPayloadToAuthorizedUser() {
        try (Operator operator = Operator.exposed(
                "management.endpoint.sessiontracker.show-payload=when-authorized",
                "management.endpoint.sessiontracker.roles=operator")) {
            operator.tracker().start(new PaymentSession("payment-1")).orElseThrow();

            assertThat(payloadFor(operator, "operator")).asString().contains("Linden");
            assertThat(payloadFor(operator, "customer")).isNull();
        }
    }

    private static @Nullable Object payloadFor(Operator operator, String role) {
        SecurityContext user = new SecurityContext() {
            @Override
            public Principal getPrincipal() {
                return () -> "ann";
            }

            @Override
            public boolean isUserInRole(String asked) {
                return asked.equals(role);
            }
        };
        var response =
                operator.bean(SessionTrackerEndpoint.class).session(user, new String[] {"payment", "payment-1"}, null);
        return ((SessionDescriptor) response.getBody()).payload();
    }

    @Test
    void shouldRedactConfiguredNames() {
        try (Operator operator = Operator.exposed(
                "management.endpoint.sessiontracker.show-payload=always",
                "management.endpoint.sessiontracker.redact=STREET,ten-ant")) {
            operator.tracker().start(new PaymentSession("payment-1")).orElseThrow();

            assertThat(operator.get("/sessiontracker/payment/payment-1"))
                    .hasStatusOk()
                    .bodyText()
                    .contains(PaymentSession.SECRET)
                    .doesNotContain("Linden", "acme");
        }
    }

    @Test
    void shouldServeAReactiveApplicationToo() {
        try (Operator operator = Operator.exposed(UNRESTRICTED, "spring.main.web-application-type=reactive")) {
            operator.tracker().start(new PaymentSession("a/b c%")).orElseThrow();

            assertThat(operator.get("/sessiontracker")).hasStatusOk();
            assertThat(operator.get("/sessiontracker/payment/plain")).hasStatus(404);
            assertThat(operator.get("/sessiontracker/payment/a/{key}", "b c%"))
                    .hasStatusOk()
                    .bodyJson()
                    .extractingPath("$.key")
                    .isEqualTo("a/b c%");
            assertThat(operator.delete("/sessiontracker/payment/a/{key}", "b c%"))
                    .hasStatus(204);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({SessionTrackerAutoConfiguration.class, SessionTrackerEndpointAutoConfiguration.class})
    static class BothOfOurs {}
}
