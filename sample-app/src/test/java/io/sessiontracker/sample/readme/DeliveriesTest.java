package io.sessiontracker.sample.readme;

import io.sessiontracker.SessionTracker;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The controller of docs/with-session.md, in WebFlux. */
@SpringBootTest(
        classes = {DeliveriesTest.Application.class, DeliveryController.class, DeliveryController.Carrier.class},
        properties = {
            "spring.config.location=optional:classpath:/none/",
            "spring.main.web-application-type=reactive",
            "spring.profiles.active=deliveries",
            "management.server.port=-1",
            "session-tracker.store=memory",
            "session-tracker.namespace=deliveries"
        })
class DeliveriesTest {

    @Autowired
    SessionTracker tracker;

    @Test
    void shouldKeepArticlesAndBooking(@Autowired ApplicationContext context) {
        WebTestClient client = WebTestClient.bindToApplicationContext(context).build();
        post(client, "/deliveries/ann/articles/tea", "[\"tea\"]");
        post(client, "/deliveries/ann/articles/cups", "[\"tea\",\"cups\"]");
        post(client, "/deliveries/ann/booking", "2 articles");

        assertThat(tracker.peek(CartSession.class, "ann").orElseThrow().getProperties())
                .containsEntry("booking", "2 articles");
    }

    private static void post(WebTestClient client, String uri, String expected) {
        client.post()
                .uri(uri)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo(expected);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = TomcatReactiveWebServerAutoConfiguration.class)
    static class Application {}
}
