package io.sessiontracker.autoconfigure.security;

import java.util.List;
import java.util.Optional;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionCaller;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who owns an application's sessions, by its settings and by who is authenticated. */
class OwnerConfigurationTest {

    private static final String TYPE = "session-tracker.types.checkout.";

    private final ApplicationContextRunner unowned = Applications.memory()
            .withConfiguration(AutoConfigurations.of(SessionAccessAutoConfiguration.class))
            .withUserConfiguration(Applications.Known.class);
    private final ApplicationContextRunner application = unowned.withPropertyValues(
            TYPE + "indexed-properties=customer",
            TYPE + "owner-property=customer",
            TYPE + "owner-exempt-authorities=ROLE_SUPPORT");

    @AfterEach
    void forgetTheCaller() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void theOwnerShouldBeWhoIsAuthenticatedInTheThread() {
        application.run(context -> {
            SessionTracker tracker = context.getBean(SessionTracker.class);
            AsyncSessionTracker async = context.getBean(AsyncSessionTracker.class);
            as(user("ann"));
            tracker.start(of("ann")).orElseThrow();
            assertThat(async.get(CheckoutSession.class, "order-1").join().isSuccess())
                    .isTrue();

            as(user("bob"));
            assertThat(tracker.get(CheckoutSession.class, "order-1").isSuccess())
                    .isFalse();
            assertThat(async.get(CheckoutSession.class, "order-1").join().isSuccess())
                    .isFalse();
            assertThatExceptionOfType(SessionAccessDeniedException.class).isThrownBy(() -> tracker.start(of("bob")));

            as(new AnonymousAuthenticationToken("key", "ann", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
            assertThat(tracker.get(CheckoutSession.class, "order-1").isSuccess())
                    .isFalse();
            as(user("sue", "ROLE_SUPPORT"));
            assertThat(tracker.get(CheckoutSession.class, "order-1").isSuccess())
                    .isTrue();
        });
    }

    @Test
    void theReactiveApiShouldAskTheSubscribersContext() {
        application.run(context -> {
            ReactiveSessionTracker reactive = context.getBean(ReactiveSessionTracker.class);
            as(user("ann"));
            context.getBean(SessionTracker.class).start(of("ann")).orElseThrow();

            assertThat(reactive.get(CheckoutSession.class, "order-1")
                            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("bob")))
                            .block()
                            .isSuccess())
                    .isFalse();
            SecurityContextHolder.clearContext();
            assertThat(reactive.get(CheckoutSession.class, "order-1")
                            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("ann")))
                            .block()
                            .isSuccess())
                    .isTrue();
            assertThat(reactive.query(CheckoutSession.class).stream()
                            .contextWrite(ReactiveSecurityContextHolder.withAuthentication(user("ann")))
                            .collectList()
                            .block())
                    .hasSize(1);
        });
    }

    @Test
    void aResolverOfTheApplicationShouldNeedNoSpringSecurity() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .withBean(SessionCallerResolver.class, () -> () -> Optional.of(new SessionCaller("ann")))
                .run(context -> {
                    context.getBean(SessionTracker.class).start(of("ann")).orElseThrow();
                    assertThat(context.getBean(ReactiveSessionTracker.class)
                                    .get(CheckoutSession.class, "order-1")
                                    .block()
                                    .isSuccess())
                            .isTrue();
                });
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("A session type has an owner-property, and nothing says who calls."));
    }

    @Test
    void anOwnerThatIsNotIndexedShouldBeRefused() {
        unowned.withPropertyValues(TYPE + "owner-property=customer")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(
                                "It must be one of indexed-properties and blind-indexed, which are []."));
        unowned.withPropertyValues(TYPE + "owner-property=customer", TYPE + "queryable=false")
                .run(context -> assertThat(context.getStartupFailure()).isNull());
    }

    @Test
    void aTypeShouldBeWithoutTheOwnerOfTheDefaults() {
        unowned.withPropertyValues(
                        "session-tracker.defaults.indexed-properties=customer",
                        "session-tracker.defaults.owner-property=customer",
                        TYPE + "owner-property=")
                .run(context -> assertThat(context.getBean(SessionTracker.class)
                                .start(of("bob"))
                                .isSuccess())
                        .isTrue());
    }

    private static CheckoutSession of(String customer) {
        CheckoutSession checkout = new CheckoutSession("order-1");
        checkout.getProperties().put("customer", customer);
        return checkout;
    }

    private static Authentication user(String name, String... authorities) {
        return new TestingAuthenticationToken(name, "", List.of(authorities).toArray(String[]::new));
    }

    private static void as(Authentication caller) {
        SecurityContextHolder.getContext().setAuthentication(caller);
    }
}
