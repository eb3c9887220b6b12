package io.sessiontracker.json;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Top-level properties that a class does not know survive its updates. */
class UnknownPropertiesTest {

    private static final SessionAddress ADDRESS = new SessionAddress("cart", "ann");

    private final JacksonSessionCodec codec = new JacksonSessionCodec().verifyingEachWrite();

    static class Cart extends Session {
        public int total;

        Cart(String key) {
            super(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e400",
                "-0.0",
                "1.10",
                "12345678901234567890.123456789",
                "123456789012345678901234567890",
                "\"ü \\\"quoted\\\"\"",
                "null",
                "true",
                "[1,[2.50,{\"a\":[]}]]",
                "{\"total\":1e400,\"b\":{\"total\":null}}"
            })
    void shouldKeepExactValue(String value) {
        assertThat(updated(codec, Cart.class, "{\"total\":1,\"more\":" + value + "}"))
                .isEqualTo("{\"total\":1,\"more\":" + value + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-0.0", "1.10", "12345678901234567890.123456789", "[{\"a\":1.50}]"})
    void shouldKeepExactValueBesideACreator(String value) {
        assertThat(updated(codec, Created.class, "{\"more\":" + value + ",\"total\":1}"))
                .isEqualTo("{\"total\":1,\"more\":" + value + "}");
    }

    static class Created extends Session {
        public final int total;

        @JsonCreator
        Created(@JsonProperty("key") String key, @JsonProperty("total") int total) {
            super(key);
            this.total = total;
        }
    }

    @Test
    void shouldKeepSeveralInOrder() {
        assertThat(updated(codec, Cart.class, "{\"b\":1,\"total\":1,\"a\":2,\"c\":3}"))
                .isEqualTo("{\"total\":1,\"b\":1,\"a\":2,\"c\":3}");
    }

    @Test
    void shouldKeepThemInAClassThatWritesNothing() {
        assertThat(updated(codec, Empty.class, "{\"a\":2}")).isEqualTo("{\"a\":2}");
        assertThat(updated(indenting(), Empty.class, "{\"a\":2}")).isEqualToIgnoringWhitespace("{\"a\":2}");
        assertThat(updated(indenting(), Cart.class, "{\"total\":1,\"a\":2}"))
                .isEqualToIgnoringWhitespace("{\"total\":1,\"a\":2}");
    }

    static class Empty extends Session {
        Empty(String key) {
            super(key);
        }
    }

    private static JacksonSessionCodec indenting() {
        return new JacksonSessionCodec(JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build());
    }

    @Test
    void shouldKeepThemThroughSeveralUpdates() {
        String once = updated(codec, Cart.class, "{\"total\":1,\"more\":[1]}");

        assertThat(updated(codec, Cart.class, once)).isEqualTo(once);
    }

    @Test
    void shouldNotKeepWhatTheClassComputes() {
        assertThat(updated(codec, Computing.class, "{\"unit\":2,\"total\":99}")).isEqualTo("{\"total\":4,\"unit\":2}");
        assertThat(updated(codec, Computing.class, "{\"unit\":0,\"total\":99}")).isEqualTo("{\"unit\":0}");
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    static class Computing extends Session {
        private int unit;

        Computing(String key) {
            super(key);
        }

        public Integer getTotal() {
            return unit == 0 ? null : 2 * unit;
        }
    }

    @Test
    void shouldKnowAliases() {
        assertThat(updated(codec, Renamed.class, "{\"sum\":5,\"more\":1}")).isEqualTo("{\"total\":5,\"more\":1}");
    }

    static class Renamed extends Session {
        @JsonAlias("sum")
        public int total;

        Renamed(String key) {
            super(key);
        }
    }

    @Test
    void shouldKnowNamesInAnyCaseWhereTheMapperDoes() {
        var tolerant = new JacksonSessionCodec(JsonMapper.builder()
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());

        assertThat(updated(tolerant, Cart.class, "{\"TOTAL\":5,\"More\":1}")).isEqualTo("{\"total\":5,\"More\":1}");
    }

    @Test
    void shouldLeaveOutWhatTheClassIgnoresByName() {
        assertThat(updated(codec, Ignoring.class, "{\"total\":1,\"legacy\":2,\"more\":3}"))
                .isEqualTo("{\"total\":1,\"more\":3}");
    }

    @JsonIgnoreProperties(value = "legacy", ignoreUnknown = true)
    static class Ignoring extends Cart {
        Ignoring(String key) {
            super(key);
        }
    }

    @Test
    void shouldLeaveThemToAnAnySetter() {
        assertThat(updated(codec, Open.class, "{\"b\":1,\"a\":2}")).isEqualTo("{\"a\":2,\"b\":1}");
    }

    static class Open extends Session {
        @JsonAnySetter
        @JsonAnyGetter
        private final Map<String, Object> others = new TreeMap<>();

        Open(String key) {
            super(key);
        }
    }

    @Test
    void shouldWriteATypeNameOnce() {
        assertThat(updated(codec, Named.class, "{\"@type\":\"x\",\"total\":1,\"more\":2}"))
                .isEqualTo("{\"@type\":\"UnknownPropertiesTest$Named\",\"total\":1,\"more\":2}");
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    static class Named extends Cart {
        Named(String key) {
            super(key);
        }
    }

    @Test
    void shouldKeepThemBesideUnwrappedState() {
        assertThat(updated(codec, Wrapping.class, "{\"street\":\"Main\",\"total\":1,\"more\":2}"))
                .contains("\"street\":\"Main\"", "\"total\":1", "\"more\":2");
    }

    static class Wrapping extends Cart {
        @JsonUnwrapped
        public Address address = new Address();

        Wrapping(String key) {
            super(key);
        }
    }

    static class Address {
        public String street = "";
    }

    @Test
    void shouldFailWhereTheMapperDoes() {
        var strict = new JacksonSessionCodec(JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build());

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> updated(strict, Cart.class, "{\"total\":1,\"more\":2}"));
        assertThat(updated(strict, Ignoring.class, "{\"total\":1,\"more\":2}")).isEqualTo("{\"total\":1,\"more\":2}");
    }

    @Test
    void shouldLoseNestedOnes() {
        assertThat(updated(
                        codec,
                        Nesting.class,
                        "{\"address\":{\"street\":\"Main\",\"city\":\"Ulm\"},\"lines\":[{\"a\":1}]}"))
                .isEqualTo("{\"address\":{\"street\":\"Main\"},\"lines\":[{\"street\":\"\"}]}");
    }

    static class Nesting extends Session {
        public Address address = new Address();
        public List<Address> lines = List.of();

        Nesting(String key) {
            super(key);
        }
    }

    @Test
    void shouldUpcastAndDowncastThem() {
        var versioned = codec.withUpcasters(List.of(Customers.renaming(Customers.V2.class)));
        Customers.V2 session = read(versioned, Customers.V2.class, "{\"name\":\"Ann\",\"more\":1.10}");

        assertThat(json(versioned, session))
                .isEqualTo("{\"$version\":2,\"fullName\":\"Ann\",\"visits\":0,\"more\":1.10}");
        assertThat(json(versioned.withWriteVersions(Map.of(Customers.V2.class, 1)), session))
                .isEqualTo("{\"visits\":0,\"more\":1.10,\"name\":\"Ann\"}");
    }

    private static <S extends Session> String updated(JacksonSessionCodec codec, Class<S> type, String stored) {
        return json(codec, read(codec, type, stored));
    }

    private static String json(JacksonSessionCodec codec, Session session) {
        return new String(codec.encode(ADDRESS, session), UTF_8);
    }

    private static <S extends Session> S read(JacksonSessionCodec codec, Class<S> type, String json) {
        return codec.decode(ADDRESS, type, json.getBytes(UTF_8));
    }
}
