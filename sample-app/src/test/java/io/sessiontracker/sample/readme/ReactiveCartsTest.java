package io.sessiontracker.sample.readme;

import java.util.List;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.sample.Shop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

import static io.sessiontracker.test.SessionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The handler of docs/async.md, served by Netty, with its sessions in Redis. */
@SpringBootTest(
        classes = {ReactiveCartsTest.Application.class, ReactiveCartController.class},
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.location=optional:classpath:/none/",
            "spring.main.web-application-type=reactive",
            "server.address=127.0.0.1",
            "management.server.port=-1",
            "session-tracker.namespace=reactive-carts"
        })
class ReactiveCartsTest {

    private static final ParameterizedTypeReference<List<String>> ARTICLES = new ParameterizedTypeReference<>() {};

    @Autowired
    ReactiveWebServerApplicationContext context;

    @Autowired
    SessionTracker tracker;

    @LocalServerPort
    int port;

    private WebTestClient client;

    @BeforeEach
    void connect() {
        client =
                WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
    }

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry properties) {
        properties.add("spring.data.redis.host", () -> "127.0.0.1");
        properties.add("spring.data.redis.port", () -> Shop.first().redisPort());
    }

    @Test
    void shouldServeCartFromStartToEnd() {
        assertThat(context.getWebServer()).isInstanceOf(NettyWebServer.class);

        assertThat(articles(client.post().uri("/reactive-carts/ann"))).isEmpty();
        assertThat(articles(client.post().uri("/reactive-carts/ann/articles/tea")))
                .containsExactly("tea");
        assertThat(articles(replace("ann", "cups"))).containsExactly("cups");
        assertThat(articles(client.get().uri("/reactive-carts/ann"))).containsExactly("cups");
        client.post()
                .uri("/reactive-carts/ann/finish")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(tracker.getFinished(CartSession.class, "ann")).session().hasVersion(3);
    }

    @Test
    void shouldRefuseInvalidTransition() {
        shouldRefuse(client.get().uri("/reactive-carts/bob"), HttpStatus.NOT_FOUND, "There is no session");
        assertThat(articles(client.post().uri("/reactive-carts/bob"))).isEmpty();
        shouldRefuse(client.post().uri("/reactive-carts/bob"), HttpStatus.CONFLICT, "A session runs already");
        client.post()
                .uri("/reactive-carts/bob/finish")
                .exchange()
                .expectStatus()
                .isOk();
        shouldRefuse(replace("bob", "cups"), HttpStatus.CONFLICT, "is already finished");
    }

    @Test
    void shouldReportEachWritersOutcome() {
        assertThat(articles(client.post().uri("/reactive-carts/eve"))).isEmpty();
        WebClient many = WebClient.create("http://127.0.0.1:" + port);

        List<HttpStatusCode> answers = Flux.range(0, 32)
                .flatMap(
                        each -> many.put()
                                .uri("/reactive-carts/eve/articles")
                                .bodyValue(List.of("article-" + each))
                                .exchangeToMono(
                                        response -> response.releaseBody().thenReturn(response.statusCode())),
                        32)
                .collectList()
                .block();

        assertThat(answers).hasSize(32).isSubsetOf(HttpStatus.OK, HttpStatus.CONFLICT);
        long written = answers.stream().filter(HttpStatus.OK::equals).count();
        assertThat(tracker.peek(CartSession.class, "eve")).session().hasVersion(1 + written);
    }

    private RequestHeadersSpec<?> replace(String customer, String article) {
        return client.put().uri("/reactive-carts/{customer}/articles", customer).bodyValue(List.of(article));
    }

    private static @Nullable List<String> articles(RequestHeadersSpec<?> request) {
        return request.exchange()
                .expectStatus()
                .isOk()
                .expectBody(ARTICLES)
                .returnResult()
                .getResponseBody();
    }

    private static void shouldRefuse(RequestHeadersSpec<?> request, HttpStatus status, String why) {
        request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(String.class)
                .value(body -> assertThat(body).contains(why));
    }

    // Not annotated, so that no scan finds it; Tomcat is on the class path for the shop.
    @EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
    static class Application {}
}
