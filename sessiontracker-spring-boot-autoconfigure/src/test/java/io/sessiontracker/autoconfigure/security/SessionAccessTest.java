package io.sessiontracker.autoconfigure.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import jakarta.servlet.DispatcherType;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.spring.starter.RedissonAutoConfigurationV4;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.authorization.event.AuthorizationDeniedEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Access rules on both web stacks, by requests of several users. */
class SessionAccessTest {

    private static final String RULE =
            "--session-tracker.types.checkout.access.read=hasRole('SUPPORT') or #key == authentication.name";

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void eachUserShouldReadItsOwnByEachApi(WebApplicationType stack) {
        try (var context = start(stack, RULE)) {
            for (String api : apis(stack)) {
                assertThat(status(context, api, "ann", "ann")).as(api).isEqualTo(200);
                assertThat(status(context, api, "ann", "ben")).as(api).isEqualTo(403);
                assertThat(status(context, api, "support", "ben")).as(api).isEqualTo(200);
                assertThat(status(context, api, null, "ann")).as(api).isEqualTo(401);
            }
            assertThat(context.getBean(Denials.class).accesses)
                    .filteredOn(access -> "ben".equals(access.key()))
                    .hasSize(apis(stack).size());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void problemDetailsShouldLeaveTheAnswerToSpringSecurity(WebApplicationType stack) {
        try (var context = start(stack, RULE, "--session-tracker.web.problem-details=true")) {
            assertThat(status(context, "blocking", null, "ann")).isEqualTo(401);
            assertThat(status(context, "reactive", "ann", "ben")).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVLET", "REACTIVE"})
    void anAuthorizerOfTheApplicationShouldBecomeAProblem(WebApplicationType stack) {
        try (var context = start(
                stack, new Class<?>[] {App.class, OwnAuthorizer.class}, "--session-tracker.web.problem-details=true")) {
            for (String api : List.of("blocking", "async", "reactive")) {
                client(context)
                        .get()
                        .uri("/" + api + "/ben")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(403)
                        .expectBody()
                        .json("""
                                {
                                  "type": "urn:sessiontracker:problem:session-access-denied",
                                  "status": 403,
                                  "detail": "Access denied: read",
                                  "sessionType": "checkout",
                                  "key": "ben"
                                }""");
            }
        }
    }

    @Test
    void theEndpointShouldNeedItsOwnRule() {
        String administer = "--session-tracker.types.checkout.access.administer=hasRole('SUPPORT')";
        try (var context = start(
                WebApplicationType.SERVLET,
                RULE,
                administer,
                "--management.endpoints.web.exposure.include=sessiontracker")) {
            String page = "actuator/sessiontracker/checkout";
            assertThat(status(context, page, "ann", "ann")).isEqualTo(403);
            assertThat(status(context, page, "support", "ann")).isEqualTo(200);
            assertThat(status(context, "actuator/sessiontracker", "ann", "checkout"))
                    .isEqualTo(403);
            assertThat(status(context, "actuator/sessiontracker", "support", "checkout"))
                    .isEqualTo(200);
            assertThat(status(context, "actuator", "ann", "sessiontracker")).isEqualTo(200);
        }
    }

    private static List<String> apis(WebApplicationType stack) {
        return stack == WebApplicationType.SERVLET
                ? List.of("blocking", "async", "reactive", "with-session", "with-session-later")
                : List.of("reactive", "with-session-later");
    }

    private static int status(ConfigurableApplicationContext context, String path, @Nullable String user, String key) {
        var request = client(context).get().uri("/" + path + "/" + key);
        return (user == null ? request : request.headers(headers -> headers.setBasicAuth(user, "pw")))
                .exchange()
                .returnResult()
                .getStatus()
                .value();
    }

    private static ConfigurableApplicationContext start(WebApplicationType stack, String... arguments) {
        Class<?> security = stack == WebApplicationType.SERVLET ? ServletSecurity.class : ReactiveSecurity.class;
        return start(stack, new Class<?>[] {App.class, security}, arguments);
    }

    private static ConfigurableApplicationContext start(
            WebApplicationType stack, Class<?>[] classes, String... arguments) {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(classes)
                .web(stack)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--server.address=127.0.0.1",
                                        "--spring.application.name=shop",
                                        "--spring.main.banner-mode=off",
                                        "--session-tracker.store=memory"),
                                Stream.of(arguments))
                        .toArray(String[]::new));
        AsyncSessionTracker everyone =
                context.getBean(ClosableSessionTracker.class).async(SessionAuthorizer.PERMIT_ALL, null);
        for (String user : List.of("ann", "ben")) {
            everyone.start(new CheckoutSession(user)).join().orElseThrow();
        }
        return context;
    }

    private static RestTestClient client(ConfigurableApplicationContext context) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        return RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = CheckoutSession.class)
    @EnableAutoConfiguration(exclude = RedissonAutoConfigurationV4.class)
    @Import({Checkouts.class, Denials.class})
    static class App {}

    @RestController
    static class Checkouts {

        private final SessionTracker tracker;
        private final AsyncSessionTracker async;
        private final ReactiveSessionTracker reactive;

        Checkouts(SessionTracker tracker, AsyncSessionTracker async, ReactiveSessionTracker reactive) {
            this.tracker = tracker;
            this.async = async;
            this.reactive = reactive;
        }

        @GetMapping("/blocking/{key}")
        long blocking(@PathVariable String key) {
            return tracker.get(CheckoutSession.class, key).orElseThrow().getVersion();
        }

        @GetMapping("/async/{key}")
        CompletionStage<Long> async(@PathVariable String key) {
            return async.get(CheckoutSession.class, key)
                    .thenApply(found -> found.orElseThrow().getVersion());
        }

        @GetMapping("/reactive/{key}")
        Mono<Long> reactive(@PathVariable String key) {
            return reactive.get(CheckoutSession.class, key)
                    .map(SessionResult::orElseThrow)
                    .map(CheckoutSession::getVersion);
        }

        @GetMapping("/with-session/{key}")
        @WithSession(key = "#key", store = false)
        long withSession(@PathVariable String key, CheckoutSession checkout) {
            return checkout.getVersion();
        }

        @GetMapping("/with-session-later/{key}")
        @WithSession(key = "#key", store = false)
        Mono<Long> withSessionLater(@PathVariable String key, CheckoutSession checkout) {
            return Mono.just(checkout.getVersion());
        }
    }

    /** What Spring Security published. */
    static class Denials {

        private final List<SessionAccess> accesses = new CopyOnWriteArrayList<>();

        @EventListener
        void on(AuthorizationDeniedEvent<SessionAccess> denied) {
            if (denied.getSource() instanceof SessionAccess access) {
                accesses.add(access);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnAuthorizer {

        @Bean
        SessionAuthorizer authorizer() {
            return access -> {
                if ("ben".equals(access.key())) {
                    throw new SessionAccessDeniedException(access);
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.SERVLET)
    @EnableWebSecurity
    static class ServletSecurity {

        /** As Spring Boot registers it. */
        @Bean
        DelegatingFilterProxyRegistrationBean alsoWhenARequestGoesOn() {
            var filter = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
            filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
            return filter;
        }

        @Bean
        SecurityFilterChain everyRequestComesThrough(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(user("ann", "CUSTOMER"), user("support", "SUPPORT"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = Type.REACTIVE)
    @EnableWebFluxSecurity
    static class ReactiveSecurity {

        @Bean
        SecurityWebFilterChain everyRequestComesThrough(ServerHttpSecurity http) {
            return http.authorizeExchange(requests -> requests.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(user("ann", "CUSTOMER"), user("support", "SUPPORT"));
        }
    }

    private static UserDetails user(String name, String role) {
        return User.withUsername(name).password("{noop}pw").roles(role).build();
    }
}
