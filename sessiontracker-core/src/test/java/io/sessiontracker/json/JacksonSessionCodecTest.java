package io.sessiontracker.json;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class JacksonSessionCodecTest {

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    @Test
    void shouldWriteOnlyState() {
        var session = new SessionFixtures.Bean("order-7");
        session.setAddress("Main Street 1");
        session.getProperties().put("tenant", "acme");
        SessionInternals.settle(session, "0123456789abcdef", 3, Instant.EPOCH, null);

        assertThat(json(session)).isEqualTo("{\"address\":\"Main Street 1\",\"total\":0}");
    }

    @Test
    void shouldWriteASessionWithoutState() {
        assertThat(json(new SessionFixtures.Empty("k"))).isEqualTo("{}");
        assertThat(copy(new SessionFixtures.Empty("k")).getKey()).isEqualTo("k");
    }

    @Test
    void shouldReadNewInstanceThatIsNotStarted() {
        var session = new SessionFixtures.Bean("k");
        SessionInternals.settle(session, "0123456789abcdef", 3, Instant.EPOCH, null);

        var copy = copy(session);

        assertThat(copy).isNotSameAs(session);
        assertThat(copy.getId()).isEmpty();
        assertThat(copy.getVersion()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", "with blank", "\"quoted\"", "{a}", "äöü \uD83D\uDE00", "back\\slash"})
    void shouldKeepKeyUnchanged(String key) {
        assertThat(copy(new SessionFixtures.Bean(key)).getKey()).isEqualTo(key);
        assertThat(copy(new SessionFixtures.Creator(key, "a")).getKey()).isEqualTo(key);
    }

    @Test
    void shouldReadBeansAndFieldsWithAnyConstructorVisibility() {
        var bean = new SessionFixtures.Bean("k");
        bean.setAddress("a");
        bean.setTotal(7);
        var fields = SessionFixtures.PrivateConstructor.of("k");
        fields.address = "a";

        assertThat(copy(bean))
                .returns("a", SessionFixtures.Bean::getAddress)
                .returns(7, SessionFixtures.Bean::getTotal);
        assertThat(copy(fields).address).isEqualTo("a");
    }

    @Test
    void shouldPreferKeyConstructorOverPublicOne() {
        var copy = copy(new SessionFixtures.TwoConstructors("k", "a", List.of("b")));

        assertThat(copy.getAddress()).isEqualTo("a");
        assertThat(copy.getItems()).containsExactly("b");
        codec.decode(address("k"), SessionFixtures.TwoConstructors.class, bytes("{\"key\":\"ignored\"}"));
    }

    @Test
    void shouldReplaceInitialContent() {
        var session = new SessionFixtures.InitialContent("k");
        session.setWithSetter(List.of("stored"));
        session.getGetterOnly().clear();
        session.getFinalGetterOnly().set(0, "stored");
        session.getFinalMap().clear();
        session.getFinalMap().put("stored", new SessionFixtures.Line("stored", 2));
        session.publicField = new ArrayList<>(List.of("stored"));
        session.nested.street = "stored";
        session.nested.city = null;

        var copy = copy(session);

        assertThat(copy.getWithSetter()).containsExactly("stored");
        assertThat(copy.getGetterOnly()).isEmpty();
        assertThat(copy.getFinalGetterOnly()).containsExactly("stored");
        assertThat(copy.getFinalMap()).containsExactly(Map.entry("stored", new SessionFixtures.Line("stored", 2)));
        assertThat(copy.publicField).containsExactly("stored");
        assertThat(copy.nested.street).isEqualTo("stored");
        assertThat(copy.nested.city).isNull();
    }

    @Test
    void shouldKeepInitialValuesMissingInJson() {
        var session = codec.decode(address("k"), SessionFixtures.InitialContent.class, bytes("{\"publicField\":null}"));

        assertThat(session.getWithSetter()).containsExactly("initial");
        assertThat(session.publicField).isNull();
    }

    @Test
    void shouldUseCreators() {
        var creator = new SessionFixtures.Creator("k", "a");
        creator.setTotal(7);

        assertThat(copy(creator))
                .returns("a", SessionFixtures.Creator::getAddress)
                .returns(7, SessionFixtures.Creator::getTotal);
        assertThat(copy(new SessionFixtures.NamedParameters("k", "a")).getAddress())
                .isEqualTo("a");
        assertThat(copy(SessionFixtures.ImplicitNames.of("k", "a")).getAddress())
                .isEqualTo("a");
        assertThat(copy(SessionFixtures.Factory.of("k", "a")).getAddress()).isEqualTo("a");
    }

    @Test
    void shouldUseCreatorsOfKeyOnly() {
        var factory = SessionFixtures.KeyOnlyFactory.of("k");
        factory.address = "a";
        var constructor = new SessionFixtures.AnnotatedKeyConstructor("k");
        constructor.address = "a";

        assertThat(copy(factory).address).isEqualTo("a");
        assertThat(copy(constructor).address).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"key\":\"stored\",\"address\":\"a\"}",
                "{\"address\":\"a\",\"key\":{\"x\":[1]}}",
                "{\"unknown\":{\"key\":1},\"address\":\"a\",\"key\":null}"
            })
    void shouldPassAddressKeyToCreatorDespiteJson(String json) {
        assertThat(codec.decode(address("order-7"), SessionFixtures.Creator.class, bytes(json)))
                .returns("order-7", Session::getKey)
                .returns("a", SessionFixtures.Creator::getAddress);
    }

    @Test
    void shouldKeepKeyPropertyOfOtherObjects() {
        var session = new SessionFixtures.Creator("order-7", "a");
        session.labels = Map.of("key", "label");

        assertThat(copy(session).labels).containsExactly(Map.entry("key", "label"));
    }

    @Test
    void shouldPassKeyToCreatorIfJsonIsEmpty() {
        assertThat(codec.decode(address("k"), SessionFixtures.Creator.class, bytes("{}"))
                        .getKey())
                .isEqualTo("k");
        assertThat(codec.decode(address("k"), SessionFixtures.Creator.class, bytes("{\"key\":\"stored\"}"))
                        .getKey())
                .isEqualTo("k");
    }

    @Test
    void shouldIgnoreUnknownProperties() {
        String json = "{\"older\":{\"a\":[1,{}]},\"address\":\"a\",\"newer\":1}";

        assertThat(codec.decode(address("k"), SessionFixtures.Bean.class, bytes(json))
                        .getAddress())
                .isEqualTo("a");
        assertThat(codec.decode(address("k"), SessionFixtures.Creator.class, bytes(json))
                        .getAddress())
                .isEqualTo("a");
    }

    @Test
    void shouldKeepUnknownPropertiesWithAnySetter() {
        var older = codec.decode(
                address("k"), SessionFixtures.KeepsUnknown.class, bytes("{\"address\":\"a\",\"newer\":{\"b\":[1]}}"));
        older.address = "changed";

        assertThat(json(older)).isEqualTo("{\"address\":\"changed\",\"newer\":{\"b\":[1]}}");
    }

    @Test
    void shouldReadPolymorphicPropertiesByName() {
        var session = new SessionFixtures.Polymorphic("k");
        session.payment = new SessionFixtures.Card("4242");

        assertThat(json(session)).contains("\"card\"").doesNotContain("SessionFixtures");
        assertThat(copy(session).payment).isEqualTo(new SessionFixtures.Card("4242"));
    }

    static class Values extends Session {
        public Instant instant = Instant.parse("2026-03-29T01:02:03.123456789Z");
        public LocalDate date = LocalDate.parse("2026-03-29");
        public Duration duration = Duration.parse("PT1H0.000000001S");
        public OffsetDateTime offset = OffsetDateTime.parse("2026-03-29T01:02:03+05:30");
        public ZonedDateTime zoned = ZonedDateTime.parse("2026-03-29T03:30:00+02:00[Europe/Berlin]");
        public Optional<String> present = Optional.of("x");
        public Optional<String> absent = Optional.empty();
        public Mood mood = Mood.GOOD;
        public Map<Mood, List<SessionFixtures.Line>> lines =
                Map.of(Mood.BAD, List.of(new SessionFixtures.Line("a", 1)));

        Values(String key) {
            super(key);
        }
    }

    enum Mood {
        GOOD,
        BAD;

        @Override
        public String toString() {
            return "for people: " + name().charAt(0);
        }
    }

    @Test
    void shouldReadValuesUnchanged() {
        assertThat(copy(new Values("k"))).usingRecursiveComparison().isEqualTo(new Values("k"));
    }

    @Test
    void shouldWriteTimesInIso8601AndEnumsByName() {
        assertThat(json(new Values("k")))
                .contains(
                        "\"instant\":\"2026-03-29T01:02:03.123456789Z\"",
                        "\"duration\":\"PT1H0.000000001S\"",
                        "\"offset\":\"2026-03-29T01:02:03+05:30\"",
                        "\"mood\":\"GOOD\"",
                        "{\"BAD\":[");
    }

    @Test
    void shouldReadValuesBeyondJacksonsLimits() {
        var session = new SessionFixtures.KeepsUnknown("k");
        session.address = "x".repeat(1 << 20);
        session.setUnknown("n".repeat(60_000), new BigInteger("9".repeat(2_000)));

        var copy = copy(session);

        assertThat(copy.address).isEqualTo(session.address);
        assertThat(copy.getUnknown()).isEqualTo(session.getUnknown());
    }

    @Test
    void shouldUseGivenMapper() {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .addMixIn(SessionFixtures.Plain.class, SessionFixtures.PlainMixIn.class)
                .build();
        var given = new JacksonSessionCodec(mapper);
        byte[] plain = given.encode(address("k"), new SessionFixtures.Plain("k", "a"));
        byte[] implicit = given.encode(address("k"), SessionFixtures.ImplicitNames.of("k", "b"));

        assertThat(given.decode(address("k"), SessionFixtures.Plain.class, plain).address)
                .isEqualTo("a");
        assertThat(implicit).asString().isEqualTo("{\"Address\":\"b\"}");
        assertThat(given.decode(address("k"), SessionFixtures.ImplicitNames.class, implicit)
                        .getAddress())
                .isEqualTo("b");
        assertThat(mapper.serializationConfig().getAccessorNaming()).isNotInstanceOf(SessionAccessorNaming.class);
    }

    @Test
    void shouldRefuseAMapperWithDefaultTyping() {
        var mapper = JsonMapper.builder()
                .activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                        .allowIfSubType("io.sessiontracker")
                        .build())
                .build();

        assertThatIllegalStateException()
                .isThrownBy(() -> new JacksonSessionCodec(mapper))
                .withMessageContaining("default typing")
                .withMessageContaining("@JsonTypeInfo");
    }

    @Test
    void shouldIgnoreClassNamedInJson() {
        var session = codec.decode(
                address("k"),
                SessionFixtures.KeepsUnknown.class,
                bytes("{\"@class\":\"java.util.ArrayList\",\"@type\":\"x\"}"));

        assertThat(session).isExactlyInstanceOf(SessionFixtures.KeepsUnknown.class);
    }

    private <S extends Session> S copy(S session) {
        SessionAddress address = address(session.getKey());
        @SuppressWarnings("unchecked")
        Class<S> type = (Class<S>) session.getClass();
        return codec.decode(address, type, codec.encode(address, session));
    }

    private String json(Session session) {
        return new String(codec.encode(address(session.getKey()), session), StandardCharsets.UTF_8);
    }

    private static SessionAddress address(String key) {
        return new SessionAddress("checkout", key);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
