package io.sessiontracker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionPropertiesTest {

    @Test
    void shouldBeMutableInsertionOrderedAndEmptyAtFirst() {
        Session session = new SessionKeyTest.CartSession("k");
        assertThat(session.getProperties()).isEmpty();

        session.getProperties().put("tenant", "acme");
        session.getProperties().put("a", "b");

        assertThat(session.getProperties()).containsExactly(Map.entry("tenant", "acme"), Map.entry("a", "b"));
    }

    @Test
    void shouldBeReplacedByAMutableCopy() {
        Session session = new SessionKeyTest.CartSession("k");
        SessionInternals.replaceProperties(session, Map.of("tenant", "acme"));

        session.getProperties().put("a", "b");

        assertThat(session.getProperties()).containsOnlyKeys("tenant", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant",
                "a$",
                "a.b",
                "a-b",
                "a/b",
                "a=b",
                "<",
                "äöü",
                "\uD83D\uDE00",
                "And2",
                "android",
                "0",
                "*",
                "isin"
            })
    void shouldAdmitKeys(String key) {
        assertThatCode(() -> SessionInternals.requireProperties(Map.of(key, "")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ", "a b", "a\tb", "a\rb", "a\nb", "a\"b", "a'b", "a(", ")", "a,b", "[a", "a]", "{a", "a}", "a\\b"
            })
    void shouldRefuseCharactersThatTheFilterLanguageNeeds(String key) {
        assertRefused(key, "v", "U+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"and", "or", "not", "is", "eq", "ne", "in", "has", "all", "AND", "Or", "iN", "IS", "IN"})
    void shouldRefuseTheFilterLanguagesWords(String key) {
        assertRefused(key, "v", "word of the filter language");
    }

    @Test
    void shouldRefuseOtherKeys() {
        assertRefused("", "v", "empty");
        assertRefused(null, "v", "null");
        assertRefused("$Key", "v", "'$'");
        assertRefused("a\uD83D", "v", "A property's key must be well-formed Unicode");
    }

    @Test
    void shouldRefuseValues() {
        assertRefused("a%d", null, "\"a%d\" has no value");
        assertRefused("a%d", "\uDE00", "\"a%d\" must be well-formed Unicode; it has an unpaired surrogate at index 0");
        assertRefused("a", "€".repeat(341) + "xx", "\"a\" must be at most 1024 bytes of UTF-8; it is 1025");
        SessionInternals.requireProperties(Map.of("a", "€".repeat(341) + "x"));
    }

    @Test
    void shouldNotRepeatAValueThatItRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionInternals.requireProperties(Map.of("a", "s3cr3t".repeat(200))))
                .withMessageNotContaining("s3cr3t");
    }

    @Test
    void shouldLimitAllTogether() {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 10; i < 26; i++) {
            properties.put(Integer.toString(i), "x".repeat(1022));
        }
        SessionInternals.requireProperties(properties);

        properties.put("10", "x".repeat(1023));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionInternals.requireProperties(properties))
                .withMessageContaining("at most 16384 bytes of UTF-8 together; these are 16385");
    }

    private static void assertRefused(String key, String value, String rule) {
        Map<String, String> properties = new HashMap<>();
        properties.put(key, value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionInternals.requireProperties(properties))
                .withMessageContaining(rule);
    }
}
