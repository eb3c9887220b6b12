package io.sessiontracker.filter;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What each line of the language's description says of a property that is there, there otherwise, or not there. */
class FilterLanguageTest {

    private static final Map<String, String> NONE = Map.of();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant is 'acme'",
                "tenant eq 'acme'",
                "tenant\tIS\r\n\"acme\"",
                "tenant is'acme' ",
                "tenant eQ\"acme\""
            })
    void shouldCompareWithOneValue(String text) {
        assertThat(matches(text, Map.of("tenant", "acme"))).isTrue();
        assertThat(matches(text, Map.of("tenant", "other"))).isFalse();
        assertThat(matches(text, Map.of("tenant", "ACME"))).isFalse();
        assertThat(matches(text, Map.of("Tenant", "acme"))).isFalse();
        assertThat(matches(text, NONE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant ne 'acme'", "tenant NE \"acme\"", "not tenant is 'acme'", "NOT tenant eq 'acme'"})
    void shouldHoldForAnotherValueAndForNone(String text) {
        assertThat(matches(text, Map.of("tenant", "acme"))).isFalse();
        assertThat(matches(text, Map.of("tenant", "other"))).isTrue();
        assertThat(matches(text, NONE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant in ['a','b']",
                "tenant in ['a' 'b']",
                "tenant in {'a', \"b\"}",
                "tenant in ( 'a'\t,\n'b' )",
                "tenant in 'a','b'",
                "tenant in 'a' 'b'",
                "tenant IN['a','b']",
                "tenant in ['a','b','a']",
                "(tenant in 'a','b')"
            })
    void shouldCompareWithAList(String text) {
        assertThat(matches(text, Map.of("tenant", "a"))).isTrue();
        assertThat(matches(text, Map.of("tenant", "b"))).isTrue();
        assertThat(matches(text, Map.of("tenant", "c"))).isFalse();
        assertThat(matches(text, Map.of("tenant", "a,b"))).isFalse();
        assertThat(matches(text, NONE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant in []", "tenant in { }", "tenant in ()", "tenant IN\n[\n]"})
    void shouldMatchNothingWithAnEmptyList(String text) {
        assertThat(matches(text, Map.of("tenant", "a"))).isFalse();
        assertThat(matches(text, Map.of("tenant", ""))).isFalse();
        assertThat(matches(text, NONE)).isFalse();
        assertThat(matches("not " + text, NONE)).isTrue();
    }

    @Test
    void shouldEndABareListAtTheNextOperator() {
        assertThat(matches("tenant in 'a','b' and region is 'eu'", Map.of("tenant", "a")))
                .isFalse();
        assertThat(matches("tenant in 'a' 'b' or region is 'eu'", Map.of("region", "eu")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        // less, equal and greater
        "lt, true, false, false",
        "le, true, true, false",
        "gt, false, false, true",
        "GE, false, true, true",
    })
    void shouldCompareNumbersAndMoments(String operator, boolean less, boolean equal, boolean greater) {
        String number = "n " + operator + " '10'";
        assertThat(matches(number, Map.of("n", "9.99"))).isEqualTo(less);
        assertThat(matches(number, Map.of("n", "-1e3"))).isEqualTo(less);
        assertThat(matches(number, Map.of("n", "+10.00"))).isEqualTo(equal);
        assertThat(matches(number, Map.of("n", "10.000000000000000001"))).isEqualTo(greater);
        assertThat(matches(number, Map.of("n", "1E999999999"))).isEqualTo(greater);
        String moment = "d " + operator + " '2026-01-31T09:30:00Z'";
        assertThat(matches(moment, Map.of("d", "2026-01-31T10:29:59.999999999+01:00")))
                .isEqualTo(less);
        assertThat(matches(moment, Map.of("d", "2026-01-31T04:30-05:00"))).isEqualTo(equal);
        assertThat(matches(moment, Map.of("d", "+12026-01-01T00:00:00Z"))).isEqualTo(greater);
        String start = "$StartTime " + operator + " '1970-01-01T00:00:01.5Z'";
        assertThat(matches(start, Map.of("$StartTime", "1499"))).isEqualTo(less);
        assertThat(matches(start, Map.of("$StartTime", "1500"))).isEqualTo(equal);
        assertThat(matches(start, Map.of("$StartTime", "1501"))).isEqualTo(greater);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n ge '-1000'", "n ge '0001-01-01T00:00:00Z'", "n le '1e9'", "n le '9999-01-01T00:00:00Z'"})
    void shouldCompareNothingElse(String text) {
        for (String value :
                List.of("", "ten", "1,5", "0x1", "NaN", "2026-01-31", "T", "2026-02-30T00:00:00Z", "1".repeat(1025))) {
            assertThat(matches(text, Map.of("n", value))).as(value).isFalse();
        }
        assertThat(matches(text, NONE)).isFalse();
        assertThat(matches("not " + text, NONE)).isTrue();
    }

    @Test
    void shouldMatchABeginning() {
        assertThat(matches("path Starts With '/a'", Map.of("path", "/a/b"))).isTrue();
        assertThat(matches("path starts with '/a'", Map.of("path", "/a"))).isTrue();
        assertThat(matches("path starts with '/a'", Map.of("path", "/A"))).isFalse();
        assertThat(matches("path starts with '/a'", Map.of("path", "x/a"))).isFalse();
        assertThat(matches("path starts with ''", Map.of("path", ""))).isTrue();
        assertThat(matches("path starts with ''", NONE)).isFalse();
        assertThat(matches("not path starts with 'x'", NONE)).isTrue();
    }

    @Test
    void shouldMatchAPresentProperty() {
        assertThat(matches("has tenant", Map.of("tenant", ""))).isTrue();
        assertThat(matches("HAS tenant", Map.of("Tenant", "acme"))).isFalse();
        assertThat(matches("not has tenant", NONE)).isTrue();
    }

    @Test
    void shouldMatchAlwaysWithAll() {
        assertThat(matches("all", NONE)).isTrue();
        assertThat(matches("All", Map.of("all", "no"))).isTrue();
        assertThat(matches("not all", NONE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // 1 is a property that is there, 0 one that is not: the second column follows from precedence alone
        "has 1 or has 1 and has 0, true",
        "has 0 and has 1 or has 1, true",
        "(has 1 or has 1) and has 0, false",
        "has 0 and (has 1 or has 1), false",
        "not has 0 and has 0, false",
        "not (has 0 and has 0), true",
        "not has 1 or has 1, true",
        "not (has 1 or has 1), false",
        "not not has 1, true",
        "NOT has 0 AND NOT(has 0)Or(has 0), true",
    })
    void shouldBindNotThenAndThenOr(String text, boolean expected) {
        assertThat(matches(text, Map.of("1", ""))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"and", "or", "not", "is", "eq", "ne", "in", "has", "all"})
    void shouldTakeOperatorsInAnyCase(String operator) {
        String text = "not a is '1' and a eq '2' or a ne '3' and a in ['4'] or has b or all";
        String upper = text.replace(operator + " ", operator.toUpperCase(Locale.ROOT) + " ")
                .replace(" all", operator.equals("all") ? " aLL" : " all");

        assertThat(upper).isNotEqualTo(text);
        assertThat(SessionFilter.parse(upper)).isEqualTo(SessionFilter.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`v is 'it''s'`, ``",
                "`v is 'it\\'s'`, `it's`",
                "`v is \"it's\"`, `it's`",
                "`v is 'say \"hi\"'`, `say \"hi\"`",
                "`v is \"say \\\"hi\\\"\"`, `say \"hi\"`",
                "`v is 'a\\\\b'`, `a\\b`",
                "`v is '\\n\\t\\0'`, `nt0`",
                "`v is 'and (x) [y] {z}, not'`, `and (x) [y] {z}, not`",
                "`v is ' a  b '`, ` a  b `",
            })
    void shouldReadQuotesAndEscapes(String text, String value) {
        if (value.isEmpty()) {
            // Not another language's doubled quote.
            assertThat(FilterErrorsTest.positionIn(text)).isEqualTo(9);
        } else {
            assertThat(SessionFilter.parse(text))
                    .isEqualTo(SessionFilter.property("v").is(value));
        }
    }

    @Test
    void shouldKeepAnyCharacterInAValue() {
        String value = "\0\r\n\t\u001b \uD83D\uDE00 \u00e9 e\u0301 \uD800 \u2028 \uFFFF";

        assertThat(matches("v is '" + value + "'", Map.of("v", value))).isTrue();
        assertThat(matches("v is '\\\uD83D\uDE00'", Map.of("v", "\uD83D\uDE00")))
                .isTrue();
        assertThat(matches("v is '\u00e9'", Map.of("v", "e\u0301"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$Key", "$Id", "$Type", "$Version", "$StartTime"})
    void shouldKnowTheFixedProperties(String name) {
        assertThat(matches(name + " is '3'", Map.of(name, "3"))).isTrue();
        assertThat(matches(name + " is '03'", Map.of(name, "3"))).isFalse();
        assertThat(matches("has " + name, Map.of(name, "3"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "an",
                "island",
                "x$y",
                "a.b-c_d:e/f",
                "1",
                "caf\u00e9",
                "\uD83D\uDE00",
                "a=b",
                "<>",
                "\u00a0",
                "\f",
                "\0",
                "notall"
            })
    void shouldTakeAnyOtherCharacterInAName(String name) {
        assertThat(SessionFilter.parse(name + " is 'v'"))
                .isEqualTo(SessionFilter.property(name).is("v"));
        assertThat(SessionFilter.parse("has " + name)).isEqualTo(SessionFilter.has(name));
    }

    private static boolean matches(String text, Map<String, String> properties) {
        return SessionFilter.parse(text).matches(properties::get);
    }
}
