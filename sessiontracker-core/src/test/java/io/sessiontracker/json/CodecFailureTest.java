package io.sessiontracker.json;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Failures name type and key, and reveal nothing of the state. */
class CodecFailureTest {

    private static final String SECRET = "s3cr3t";
    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "order-7");

    private final JacksonSessionCodec codec = new JacksonSessionCodec();

    static class Target extends Session {
        public int total;
        public List<SessionFixtures.Line> lines = new ArrayList<>();
        public Map<String, Integer> counts = new LinkedHashMap<>();
        public Mood mood;
        public java.time.Instant at;

        Target(String key) {
            super(key);
        }

        public void setLoud(String value) {
            throw new IllegalArgumentException("not allowed: " + value);
        }

        public void setEndless(String value) {
            throw new StackOverflowError();
        }
    }

    enum Mood {
        GOOD
    }

    static class LoudCreator extends Session {
        @JsonCreator
        LoudCreator(@JsonProperty("key") String key, @JsonProperty("address") String address) {
            super(key);
            throw new IllegalStateException("bad address " + address, new RuntimeException(address));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "[{}]",
                "7",
                "\"{}\"",
                "{",
                "}",
                "{\"address\":",
                "{\"address\":\"s3cr3t",
                "{\"address\":\"a\"",
                "{}s3cr3t",
                "{}{}",
                "{} null",
                "{\"address\":\"a\"}]",
                "{'address':'s3cr3t'}",
                "s3cr3t",
                "\u0000"
            })
    void shouldRefuseJsonThatIsNoObject(String json) {
        for (Class<? extends Session> type : List.of(SessionFixtures.Bean.class, SessionFixtures.Creator.class)) {
            assertNamesSession(reading(type, json));
        }
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(Target.class, "{\"total\":\"s3cr3t\"}", "property \"total\" failed with InvalidFormat"),
                Arguments.of(
                        Target.class,
                        "{\"lines\":[{\"article\":\"s3cr3t\",\"quantity\":\"s3cr3t\"}]}",
                        "property \"lines\" failed with InvalidFormat"),
                Arguments.of(Target.class, "{\"counts\":{\"s3cr3t\":\"s3cr3t\"}}", "property \"counts\""),
                Arguments.of(Target.class, "{\"mood\":\"s3cr3t\"}", "property \"mood\""),
                Arguments.of(Target.class, "{\"at\":\"s3cr3t\"}", "property \"at\""),
                Arguments.of(Target.class, "{\"total\":s3cr3t}", "StreamRead"),
                Arguments.of(
                        Target.class,
                        "{\"loud\":\"s3cr3t\"}",
                        "property \"loud\" failed with IllegalArgumentException"),
                Arguments.of(Target.class, "{\"endless\":\"s3cr3t\"}", "StackOverflowError"),
                Arguments.of(LoudCreator.class, "{\"address\":\"s3cr3t\"}", "RuntimeException"),
                Arguments.of(SecretNames.class, "{\"s3cr3t\":7}", "IllegalArgumentException"));
    }

    static class SecretNames extends Session {
        SecretNames(String key) {
            super(key);
        }

        @com.fasterxml.jackson.annotation.JsonAnySetter
        public void set(String name, Object value) {
            throw new IllegalArgumentException(name + "=" + value);
        }
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void shouldReportOnlyPropertyAndKindOfFailure(Class<? extends Session> type, String json, String message) {
        assertThat(assertNamesSession(reading(type, json))).hasMessageContaining(message);
    }

    static class LoudConstructor extends Session {
        LoudConstructor(String key) {
            super(key);
            throw new IllegalStateException(SECRET);
        }
    }

    @Test
    void shouldReportThrowingConstructor() {
        assertThat(assertNamesSession(reading(LoudConstructor.class, "{}")))
                .hasMessageContaining("IllegalStateException");
    }

    static class OwnKey extends Session {
        @JsonCreator
        OwnKey(@JsonProperty("key") String key, @JsonProperty("address") String address) {
            super("fixed");
        }
    }

    static class PrefixedKey extends Session {
        PrefixedKey(String key) {
            super("x" + key);
        }
    }

    @Test
    void shouldRefuseASessionWithAnotherKey() {
        for (Class<? extends Session> type : List.of(OwnKey.class, PrefixedKey.class)) {
            assertThat(assertNamesSession(reading(type, "{\"address\":\"s3cr3t\"}")))
                    .hasMessageContaining("another key");
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Base.class)
    @JsonSubTypes(@JsonSubTypes.Type(value = Derived.class, name = "derived"))
    static class Base extends Session {
        @JsonCreator
        Base(@JsonProperty("key") String key) {
            super(key);
        }
    }

    static class Derived extends Base {
        @JsonCreator
        Derived(@JsonProperty("key") String key) {
            super(key);
        }
    }

    @Test
    void shouldRefuseSessionOfAnotherClass() {
        assertThat(assertNamesSession(reading(Base.class, "{\"kind\":\"derived\"}")))
                .hasMessageContaining("was not read as");
    }

    static class NullFactory extends Session {
        private NullFactory() {
            super("k");
        }

        @JsonCreator
        static NullFactory of(@JsonProperty("key") String key) {
            return null;
        }
    }

    @Test
    void shouldRefuseCreatorThatReturnsNull() {
        assertNamesSession(reading(NullFactory.class, "{}"));
    }

    static class Node extends Session {
        public Object next;
        public String state = SECRET;

        Node(String key) {
            super(key);
        }

        public String getLoud() {
            if (next == null) {
                throw new IllegalStateException("state is " + state);
            }
            return "";
        }
    }

    @Test
    void shouldReportThrowingGetter() {
        assertThat(assertNamesSession(writing(new Node(ADDRESS.key()))))
                .hasMessageContaining("written as")
                .hasMessageContaining("property \"loud\" failed with IllegalStateException");
    }

    @Test
    void shouldReportCyclesAndExcessiveDepth() {
        var self = new Node(ADDRESS.key());
        self.next = self;
        var circle = new Node(ADDRESS.key());
        circle.next = List.of(Map.of(SECRET, circle));
        var deep = new Node(ADDRESS.key());
        deep.next = List.of();
        for (int i = 0; i < 100_000; i++) {
            deep.next = new ArrayList<>(List.of(deep.next));
        }

        for (Node node : List.of(self, circle, deep)) {
            assertThat(assertNamesSession(writing(node))).hasMessageContaining("property \"next\"");
        }
    }

    static class Endless extends Session {
        Endless(String key) {
            super(key);
        }

        public String getEndless() {
            throw new StackOverflowError();
        }
    }

    @Test
    void shouldReportEndlessRecursion() {
        assertThat(assertNamesSession(writing(new Endless(ADDRESS.key())))).hasMessageContaining("StackOverflowError");
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    static class AsArray extends Session {
        public String state = SECRET;

        AsArray(String key) {
            super(key);
        }
    }

    @Test
    void shouldRefuseStateThatCannotBeRead() {
        assertThat(assertNamesSession(writing(new AsArray(ADDRESS.key())))).hasMessageContaining("JSON object");
    }

    @Test
    void shouldWorkAfterFailure() {
        assertNamesSession(reading(SessionFixtures.Bean.class, "{\"total\":\"s3cr3t\"}"));

        assertThat(codec.decode(ADDRESS, SessionFixtures.Bean.class, bytes("{\"total\":7}"))
                        .getTotal())
                .isEqualTo(7);
    }

    private SessionCodecException reading(Class<? extends Session> type, String json) {
        return catchThrowableOfType(SessionCodecException.class, () -> codec.decode(ADDRESS, type, bytes(json)));
    }

    private SessionCodecException writing(Session session) {
        return catchThrowableOfType(SessionCodecException.class, () -> codec.encode(ADDRESS, session));
    }

    private static SessionCodecException assertNamesSession(SessionCodecException failure) {
        assertThat(failure).isNotNull().hasMessageContaining("checkout/order-7");
        assertThat(failure.type()).isEqualTo("checkout");
        assertThat(failure.key()).isEqualTo("order-7");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(SECRET);
            assertThat(cause.getLocalizedMessage()).doesNotContain(SECRET);
            assertThat(cause.getSuppressed()).isEmpty();
            assertThat(cause.getClass().getName()).startsWith("io.sessiontracker.");
        }
        var printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain(SECRET);
        return failure;
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
