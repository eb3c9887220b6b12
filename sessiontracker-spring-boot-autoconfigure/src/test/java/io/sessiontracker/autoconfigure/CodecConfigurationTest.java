package io.sessiontracker.autoconfigure;

import java.time.Instant;

import io.sessiontracker.Session;
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
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class CodecConfigurationTest {

    private final ApplicationContextRunner runner =
            Applications.memory().withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));

    @Test
    void shouldNotAffectSpringBootsMapper() {
        runner.run(
                context -> assertThat(context).hasSingleBean(JsonMapper.class).hasBean("jacksonJsonMapper"));
    }

    @Test
    void shouldIgnoreWebSettings() {
        runner.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> {
                    assertThat(webJson(context)).contains("paid_at");
                    assertThat(storedJson(context)).isEqualTo("{\"paidAt\":\"1970-01-01T00:00:00Z\"}");
                });
    }

    @Test
    void shouldUseMapperByName() {
        runner.withUserConfiguration(OwnMapper.class).run(context -> {
            assertThat(storedJson(context)).isEqualTo("{\"PaidAt\":\"1970-01-01T00:00:00Z\"}");
            assertThat(webJson(context)).contains("paidAt");
            assertThat(context).hasBean("jacksonJsonMapper");
        });
    }

    @Test
    void shouldIgnoreOtherMappers() {
        runner.withBean("webMapper", JsonMapper.class, OwnMapper::mapper)
                .run(context -> assertThat(storedJson(context)).contains("paidAt"));
    }

    @Test
    void shouldUseModulesOfSpringBootsMapper() {
        runner.withBean(JacksonModule.class, CodecConfigurationTest::coins)
                .withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
                .run(context -> {
                    SessionAddress address = new SessionAddress("purse", "k");
                    SessionCodec codec = context.getBean(SessionCodec.class);
                    PurseSession purse = new PurseSession("k");
                    purse.firstCoin = new Coin(5);
                    byte[] json = codec.encode(address, purse);

                    assertThat(new String(json, UTF_8)).isEqualTo("{\"firstCoin\":\"5 ct\"}");
                    assertThat(codec.decode(address, PurseSession.class, json).firstCoin)
                            .isEqualTo(purse.firstCoin);
                    assertThat(context.getBean("jacksonJsonMapper", JsonMapper.class)
                                    .writeValueAsString(purse.firstCoin))
                            .isEqualTo("\"5 ct\"");
                });
    }

    record Coin(int cents) {}

    static class PurseSession extends Session {
        private Coin firstCoin;

        PurseSession(String key) {
            super(key);
        }
    }

    private static JacksonModule coins() {
        return new SimpleModule("coins")
                .addSerializer(new StdScalarSerializer<>(Coin.class) {
                    @Override
                    public void serialize(Coin coin, JsonGenerator generator, SerializationContext context) {
                        generator.writeString(coin.cents + " ct");
                    }
                })
                .addDeserializer(Coin.class, new StdScalarDeserializer<>(Coin.class) {
                    @Override
                    public Coin deserialize(JsonParser parser, DeserializationContext context) {
                        return new Coin(Integer.parseInt(parser.getString().split(" ", 2)[0]));
                    }
                });
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
