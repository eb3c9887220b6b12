package io.sessiontracker.autoconfigure.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;

import io.sessiontracker.ReactiveSessionAuthorizer;
import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which authorizer an application gets, and what is refused at its start. */
class AccessConfigurationTest {

    private static final String RULE = "session-tracker.types.checkout.access.";

    private final ApplicationContextRunner application = Applications.memory()
            .withConfiguration(AutoConfigurations.of(SessionAccessAutoConfiguration.class))
            .withUserConfiguration(Applications.Known.class);

    @AfterEach
    void forgetTheCaller() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void withoutRulesEveryoneShouldDoEverything() {
        application.run(context -> {
            assertThat(context.getBeanProvider(SessionAuthorizer.class).getIfAvailable())
                    .isNull();
            assertThatCode(() -> start(context.getBean(SessionTracker.class))).doesNotThrowAnyException();
        });
    }

    /** YAML takes what follows a blank and {@code #} for a comment. */
    @Test
    void theDocumentedSettingsShouldBeWhatIsInForce() throws IOException {
        application.withPropertyValues(documented("access")).run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            as("order-1");
            start(tracker);
            assertThat(tracker.get(CheckoutSession.class, "order-1").isSuccess())
                    .isTrue();
            assertThatExceptionOfType(SessionAccessDeniedException.class)
                    .isThrownBy(() -> tracker.get(CheckoutSession.class, "order-2"));
            assertThatExceptionOfType(SessionAccessDeniedException.class)
                    .isThrownBy(() -> tracker.finish(CheckoutSession.class, "order-1"));
        });
        application
                .withPropertyValues(documented("encryption"))
                .withPropertyValues("SESSION_KEY_1=" + "A".repeat(43) + "=")
                .run(context -> start(context.getBean(SessionTracker.class)));
    }

    /** Returns the settings that a page of the documentation begins with. */
    private static String[] documented(String page) throws IOException {
        String text = Files.readString(Path.of("../docs/" + page + ".md"));
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(
                new ByteArrayResource(text.split("```yaml\n")[1].split("```")[0].getBytes(StandardCharsets.UTF_8)));
        Properties settings = Objects.requireNonNull(yaml.getObject());
        return settings.stringPropertyNames().stream()
                .map(name -> name + "=" + settings.getProperty(name))
                .toArray(String[]::new);
    }

    @Test
    void aManagerOfTheApplicationAndARuleShouldBothGrant() {
        application
                .withPropertyValues(RULE + "write=#key.startsWith('order-')")
                .withUserConfiguration(OnlyAnn.class)
                .run(context -> {
                    SessionTracker tracker = context.getBean(SessionTracker.class);
                    as("ann");
                    start(tracker);
                    assertThatExceptionOfType(SessionAccessDeniedException.class)
                            .isThrownBy(() -> tracker.start(new CheckoutSession("cart-1")))
                            .withMessage("Access denied: start (WRITE) of checkout/cart-1")
                            .withCauseInstanceOf(AuthorizationDeniedException.class);
                    as("ben");
                    assertThatExceptionOfType(SessionAccessDeniedException.class)
                            .isThrownBy(() -> tracker.get(CheckoutSession.class, "order-1"));
                });
    }

    @Test
    void aRuleShouldUseVariablesAndBeans() {
        application
                .withPropertyValues(
                        RULE + "lock=denyAll",
                        RULE + "end=denyAll",
                        RULE + "read=@friends.contains(#key) and #type == 'checkout' and #operation == 'read'",
                        RULE + "write=isAuthenticated()",
                        "session-tracker.defaults.access.query=permitAll",
                        "session-tracker.types.other.access.query=denyAll")
                .withBean("friends", List.class, () -> List.of("order-1"))
                .run(context -> {
                    SessionTracker tracker = context.getBean(SessionTracker.class);
                    as("ann");
                    start(tracker);
                    assertThat(tracker.get(CheckoutSession.class, "order-1").isSuccess())
                            .isTrue();
                    for (ThrowingCallable refused : List.<ThrowingCallable>of(
                            () -> tracker.get(CheckoutSession.class, "order-2"),
                            () -> tracker.lock(CheckoutSession.class, "order-1"),
                            () -> tracker.finish(CheckoutSession.class, "order-1"))) {
                        assertThatExceptionOfType(SessionAccessDeniedException.class)
                                .isThrownBy(refused);
                    }
                    assertThat(tracker.count(CheckoutSession.class)).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hasRol('SUPPORT')               | There is no method \"hasRol\" in it; there are [denyAll, hasAllAuthorities,",
                "permitAll or hasRol('X')        | There is no method \"hasRol\" in it",
                "#name == authentication.name    | There is no variable \"name\" in it; there are [key, method, operation, root, this, type]",
                "isAuthenticated() and user      | There is no property \"user\" in it",
                "hasRole('SUPPORT'               | It is no SpEL expression: Expression [hasRole('SUPPORT'] @7: EL1051E",
            })
    void aRuleThatCannotWorkShouldStopTheStart(String rule, String reason) {
        application
                .withPropertyValues(RULE + "read=" + rule)
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(RULE + "read")
                        .hasMessageContaining(reason));
    }

    @Test
    void aRuleThatNobodyAsksShouldStopTheStart() {
        application
                .withPropertyValues(RULE + "read=permitAll")
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Spring Security is not on the class path"));
        application
                .withPropertyValues(RULE + "read=permitAll")
                .withBean(SessionAuthorizer.class, () -> access -> {})
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("a SessionAuthorizer bean, which is asked instead of them"));
    }

    @Test
    void aReactiveAuthorizerAloneShouldStopTheStart() {
        application
                .withBean(ReactiveSessionAuthorizer.class, () -> access -> Mono.empty())
                .run(context -> assertThat(context)
                        .hasFailed()
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("no SessionAuthorizer for the blocking and the async API"));
    }

    private static void start(SessionTracker tracker) {
        tracker.start(new CheckoutSession("order-1")).orElseThrow();
    }

    private static void as(String user) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_USER"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OnlyAnn {

        @Bean
        AuthorizationManager<SessionAccess> onlyAnn() {
            return new AuthorizationManager<>() {
                @Override
                public AuthorizationDecision authorize(
                        Supplier<? extends @Nullable Authentication> authentication, SessionAccess access) {
                    Authentication caller = authentication.get();
                    return new AuthorizationDecision(caller != null && "ann".equals(caller.getName()));
                }
            };
        }
    }
}
