package io.sessiontracker.json;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionType;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Versions of a class's state: stored, upcast, downcast, and refused where this process knows too little. */
class StateVersionTest {

    private static final SessionAddress ADDRESS = new SessionAddress("customer", "ann");
    private static final String SECRET = "s3cr3t";

    private final JacksonSessionCodec plain = new JacksonSessionCodec();
    private final JacksonSessionCodec third =
            plain.withUpcasters(List.of(Customers.splitting(), Customers.renaming(Customers.V3.class)));

    @Test
    void shouldStoreVersionFirst() {
        assertThat(json(plain, v2("Ann Lee"))).isEqualTo("{\"$version\":2,\"fullName\":\"Ann Lee\",\"visits\":0}");
        assertThat(json(plain, new Customers.V1("ann"))).isEqualTo("{\"name\":\"\",\"visits\":0}");
    }

    @Test
    void shouldReadOwnVersion() {
        assertThat(read(plain, Customers.V2.class, "{\"$version\":2,\"fullName\":\"Ann Lee\"}").fullName)
                .isEqualTo("Ann Lee");
    }

    @Test
    void shouldStoreVersionOfEmptyState() {
        byte[] stored = plain.encode(ADDRESS, new Empty("ann"));

        assertThat(new String(stored, UTF_8)).isEqualTo("{\"$version\":2}");
        assertThat(plain.decode(ADDRESS, Empty.class, stored).getKey()).isEqualTo("ann");
    }

    @SessionType(value = "empty", version = 2)
    static class Empty extends Session {
        Empty(String key) {
            super(key);
        }
    }

    @Test
    void shouldUpcastThroughAllVersions() {
        Customers.V3 fromFirst = read(third, Customers.V3.class, "{\"name\":\"Ann Lee\",\"visits\":7}");
        Customers.V3 fromSecond =
                read(third, Customers.V3.class, "{\"$version\":2,\"fullName\":\"Bob Ray\",\"visits\":8}");

        assertThat(fromFirst).extracting("first", "last", "visits").containsExactly("Ann", "Lee", 7);
        assertThat(fromSecond).extracting("first", "last", "visits").containsExactly("Bob", "Ray", 8);
        assertThat(json(third, fromFirst))
                .isEqualTo("{\"$version\":3,\"first\":\"Ann\",\"last\":\"Lee\",\"visits\":7}");
    }

    @Test
    void shouldUpcastForACreator() {
        var codec = plain.withUpcasters(List.of(Customers.renaming(Created.class)));

        assertThat(read(codec, Created.class, "{\"name\":\"Ann\"}").fullName).isEqualTo("Ann");
        assertThat(read(codec, Created.class, json(codec, new Created("ann", "Bob"))).fullName)
                .isEqualTo("Bob");
    }

    @SessionType(value = "created", version = 2)
    static class Created extends Session {
        public final String fullName;

        @JsonCreator
        Created(@JsonProperty("key") String key, @JsonProperty("fullName") String fullName) {
            super(key);
            this.fullName = fullName;
        }
    }

    @Test
    void shouldUpcastExactNumbers() {
        var codec = plain.withUpcasters(List.of(Customers.upcaster(Customers.V2.class, 1, state -> state)));
        String numbers = "\"a\":12345678901234567890.1234567890,\"b\":123456789012345678901234567890";

        assertThat(json(codec, read(codec, Customers.V2.class, "{\"visits\":1," + numbers + "}")))
                .endsWith(numbers + "}");
    }

    @Test
    void shouldNotGiveVersionToAnySetter() {
        Open session = read(plain, Open.class, "{\"$version\":2,\"more\":1}");

        assertThat(session.others).containsExactly(Map.entry("more", 1));
        assertThat(json(plain, session)).isEqualTo("{\"$version\":2,\"more\":1}");
    }

    @SessionType(value = "open", version = 2)
    static class Open extends Session {
        @JsonAnySetter
        @JsonAnyGetter
        private final Map<String, Object> others = new java.util.TreeMap<>();

        Open(String key) {
            super(key);
        }
    }

    @Test
    void shouldReadVersionedStateWithAStrictAndIndentingMapper() {
        var codec = new JacksonSessionCodec(JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build());

        assertThat(read(codec, Customers.V2.class, json(codec, v2("Ann Lee"))).fullName)
                .isEqualTo("Ann Lee");
        assertThat(json(codec, new Empty("ann"))).isEqualTo("{\"$version\":2}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$version\":}",
                "{\"$version\":0}",
                "{\"$version\":-1}",
                "{\"$version\":\"s3cr3t\"}",
                "{\"$version\":12345678901}",
                "{\"$version\":2",
                "{\"$version\":2.5}"
            })
    void shouldReportInvalidVersion(String json) {
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> read(plain, Customers.V2.class, json))
                .withMessageContaining("\"$version\" is no version")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void shouldReportAFailedUpcaster() {
        var codec = plain.withUpcasters(List.of(Customers.upcaster(Customers.V2.class, 1, state -> {
            throw new IllegalStateException(state.toString());
        })));

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> read(codec, Customers.V2.class, "{\"name\":\"s3cr3t\"}"))
                .withMessage("The session customer/ann cannot be read from JSON:"
                        + " upcasting it from version 1 to 2 failed with IllegalStateException")
                .satisfies(e -> assertThat(e).hasStackTraceContaining("IllegalStateException"))
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(SECRET));
    }

    @Test
    void shouldReportAnUpcasterThatReturnsNothing() {
        var codec = plain.withUpcasters(List.of(Customers.upcaster(Customers.V2.class, 1, state -> null)));

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> read(codec, Customers.V2.class, "{}"))
                .withMessageContaining("from version 1 to 2 gave null");
    }

    @Test
    void shouldReportAVersionWithoutUpcaster() {
        var second = plain.withUpcasters(List.of(Customers.splitting()));

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> read(second, Customers.V3.class, "{\"name\":\"Ann Lee\"}"))
                .withMessageEndingWith("it has version 1, and the first upcaster begins with version 2");
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> read(plain, Customers.V2.class, "{\"name\":\"Ann Lee\"}"))
                .withMessageEndingWith(
                        "it has version 1, and there is no upcaster to version 2, which this process knows");
    }

    @Test
    void shouldReadNewerVersionAndRefuseToWriteIt() {
        Customers.V1 session = read(plain, Customers.V1.class, "{\"$version\":3,\"first\":\"Ann\",\"visits\":3}");
        assertThat(session.visits).isEqualTo(3);

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> plain.encode(ADDRESS, session))
                .withMessageContainingAll("customer/ann", "version 3", "knows version 1", "write-version")
                .satisfies(e -> assertThat(e.type()).isEqualTo("customer"));
    }

    @Test
    void shouldSayWhichVersionIsUnreadable() {
        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> read(plain, Customers.V1.class, "{\"$version\":3,\"visits\":\"s3cr3t\"}"))
                .withMessageContainingAll("with version 3", "knows version 1", "\"visits\"")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(SECRET));
    }

    @Test
    void shouldWriteEarlierVersion() {
        Customers.V3 session = read(third, Customers.V3.class, "{\"$version\":3,\"first\":\"Ann\",\"last\":\"Lee\"}");

        assertThat(json(third.withWriteVersions(Map.of(Customers.V3.class, 2)), session))
                .isEqualTo("{\"$version\":2,\"visits\":0,\"fullName\":\"Ann Lee\"}");
        assertThat(json(third.withWriteVersions(Map.of(Customers.V3.class, 1)), session))
                .isEqualTo("{\"visits\":0,\"name\":\"Ann Lee\"}");
        assertThat(json(third.withWriteVersions(Map.of(Customers.V3.class, 3)), session))
                .startsWith("{\"$version\":3,");
    }

    @Test
    void shouldKeepVersionsWhenEachWriteIsVerified() {
        var codec = third.withWriteVersions(Map.of(Customers.V3.class, 1)).verifyingEachWrite();

        assertThat(json(codec, read(codec, Customers.V3.class, "{\"name\":\"Ann Lee\"}")))
                .contains("\"name\":\"Ann Lee\"");
    }

    @Test
    void shouldRefuseALossyDowncaster() {
        var codec = plain.withUpcasters(List.of(Customers.step(
                        Customers.V2.class,
                        1,
                        state -> state.put("fullName", state.remove("name").asString()),
                        state -> {
                            state.remove("visits");
                            return state.set("name", state.remove("fullName"));
                        })))
                .withWriteVersions(Map.of(Customers.V2.class, 1));
        Customers.V2 session = v2(SECRET);
        session.visits = 4;

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> codec.encode(ADDRESS, session))
                .withMessageContainingAll("\"visits\"", "written in version 1")
                .withMessageNotContaining(SECRET);
    }

    @Test
    void shouldReportAFailedDowncaster() {
        var codec = plain.withUpcasters(List.of(Customers.step(Customers.V2.class, 1, state -> state, state -> {
                    throw new IllegalStateException(state.toString());
                })))
                .withWriteVersions(Map.of(Customers.V2.class, 1));

        assertThatExceptionOfType(SessionCodecException.class)
                .isThrownBy(() -> codec.encode(ADDRESS, v2(SECRET)))
                .withMessageContaining("downcasting it from version 2 to 1 failed with IllegalStateException")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(SECRET));
    }

    @Test
    void shouldRefuseIncompleteOrAmbiguousChain() {
        SessionUpcaster first = Customers.renaming(Customers.V3.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withUpcasters(List.of(first)))
                .withMessageContainingAll("\"customer\"", "version 3", "[1]", "from version 2 to 3 is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withUpcasters(
                        List.of(first, Customers.splitting(), Customers.renaming(Customers.V3.class))))
                .withMessageContainingAll("both upcast", "\"customer\"", "version 1");
    }

    @Test
    void shouldRefuseStepBeyondTheClass() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withUpcasters(List.of(Customers.renaming(Customers.V1.class))))
                .withMessageContainingAll("\"customer\"", "from version 1", "has version 1", "@SessionType");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> plain.withUpcasters(List.of(Customers.upcaster(Customers.V2.class, 0, state -> state))))
                .withMessageContaining("from version 0");
    }

    @Test
    void shouldRefuseImpossibleWriteVersion() {
        var upOnly = plain.withUpcasters(List.of(Customers.upcaster(Customers.V2.class, 1, state -> state)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> third.withWriteVersions(Map.of(Customers.V3.class, 4)))
                .withMessageContainingAll("\"customer\"", "version 4", "from 1 to 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> third.withWriteVersions(Map.of(Customers.V3.class, 0)))
                .withMessageContaining("version 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> upOnly.withWriteVersions(Map.of(Customers.V2.class, 1)))
                .withMessageContainingAll("SessionDowncaster", "version 2 into 1");
    }

    @Test
    void shouldRefuseReservedPropertyAndInvalidVersion() {
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.verify(Reserved.class))
                .withMessageContaining("\"$version\"");
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.verify(Zeroth.class))
                .withMessageContaining("version 0");
    }

    static class Reserved extends Session {
        @JsonProperty("$version")
        public int mine;

        Reserved(String key) {
            super(key);
        }
    }

    @SessionType(value = "zeroth", version = 0)
    static class Zeroth extends Session {
        Zeroth(String key) {
            super(key);
        }
    }

    private static Customers.V2 v2(String fullName) {
        Customers.V2 session = new Customers.V2("ann");
        session.fullName = fullName;
        return session;
    }

    private static String json(JacksonSessionCodec codec, Session session) {
        return new String(codec.encode(ADDRESS, session), UTF_8);
    }

    private static <S extends Session> S read(JacksonSessionCodec codec, Class<S> type, String json) {
        return codec.decode(ADDRESS, type, json.getBytes(UTF_8));
    }

    private static String stackTrace(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
