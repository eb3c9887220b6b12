package io.sessiontracker.autoconfigure;

import java.time.Instant;

import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.json.JacksonSessionCodec;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class CodecConfigurationTest {

    private final ApplicationContextRunner runner =
            Applications.memory().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));

    @Test
    void shouldLeaveSpringBootsMapperAlone() {
        runner.run(
                context -> assertThat(context).hasSingleBean(JsonMapper.class).hasBean("jacksonJsonMapper"));
    }

    @Test
    void shouldNotStoreByTheWebsSettings() {
        runner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> {
                    assertThat(webJson(context)).contains("paid_at");
                    assertThat(storedJson(context)).isEqualTo("{\"paidAt\":\"1970-01-01T00:00:00Z\"}");
                });
    }

    @Test
    void shouldUseTheMapperOfThatName() {
        runner.withUserConfiguration(OwnMapper.class).run(context -> {
            assertThat(storedJson(context)).isEqualTo("{\"PaidAt\":\"1970-01-01T00:00:00Z\"}");
            assertThat(webJson(context)).contains("paidAt");
            assertThat(context).hasBean("jacksonJsonMapper");
        });
    }

    @Test
    void shouldIgnoreAMapperOfAnotherName() {
        runner.withBean("webMapper", JsonMapper.class, OwnMapper::mapper)
                .run(context -> assertThat(storedJson(context)).contains("paidAt"));
    }

    @Test
    void shouldBackOffFromACodecOfTheApplication() {
        SessionCodec own = mock();
        runner.withBean(SessionCodec.class, () -> own)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(JacksonSessionCodec.class)
                        .getBean(SessionCodec.class)
                        .isSameAs(own));
    }

    private static String storedJson(ApplicationContext context) {
        return new String(
                context.getBean(SessionCodec.class).encode(new SessionAddress("checkout", "order-7"), paid()), UTF_8);
    }

    private static String webJson(ApplicationContext context) {
        return context.getBean("jacksonJsonMapper", JsonMapper.class).writeValueAsString(new Order(Instant.EPOCH));
    }

    private static CheckoutSession paid() {
        CheckoutSession session = new CheckoutSession("order-7");
        session.paidAt = Instant.EPOCH;
        return session;
    }

    record Order(Instant paidAt) {}

    @Configuration(proxyBeanMethods = false)
    static class OwnMapper {

        @Bean(defaultCandidate = false)
        JsonMapper sessionTrackerJsonMapper() {
            return mapper();
        }

        static JsonMapper mapper() {
            return JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                    .build();
        }
    }
}
