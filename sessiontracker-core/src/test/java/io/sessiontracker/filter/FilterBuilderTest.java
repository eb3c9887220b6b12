package io.sessiontracker.filter;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.sessiontracker.filter.SessionFilter.all;
import static io.sessiontracker.filter.SessionFilter.has;
import static io.sessiontracker.filter.SessionFilter.parse;
import static io.sessiontracker.filter.SessionFilter.property;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/** Filters that are built: the same as those that are parsed, and held to the same rules. */
class FilterBuilderTest {

    private static final SessionFilter A = property("a").is("1");
    private static final SessionFilter B = property("b").is("2");
    private static final SessionFilter C = has("c");

    @Test
    void shouldBuildWhatTheTextSays() {
        assertThat(A).isEqualTo(parse("a is '1'"));
        assertThat(property("a").ne("1")).isEqualTo(parse("a ne '1'"));
        assertThat(property("a").in("1", "2")).isEqualTo(parse("a in ['1','2']"));
        assertThat(property("a").in(List.of("1", "2"))).isEqualTo(parse("a in '1' '2'"));
        assertThat(property("a").in()).isEqualTo(parse("a in []"));
        assertThat(property("a").startsWith("x")).isEqualTo(parse("a starts with 'x'"));
        assertThat(property("a").lt(3)).isEqualTo(parse("a lt '3'"));
        assertThat(property("a").le(3L)).isEqualTo(parse("a le '3'"));
        assertThat(property("a").gt(2.5)).isEqualTo(parse("a gt '2.5'"));
        assertThat(property("a").ge(BigInteger.TEN)).isEqualTo(parse("a ge '10'"));
        assertThat(property("a").lt(Instant.EPOCH)).isEqualTo(parse("a lt '1970-01-01T00:00Z'"));
        assertThat(property("a").le(Instant.EPOCH)).isEqualTo(parse("a le '1970-01-01T01:00+01:00'"));
        assertThat(property("a").gt(Instant.MAX)).isEqualTo(parse("a gt '" + Instant.MAX + "'"));
        assertThat(property("a").ge(Instant.MIN)).isEqualTo(parse("a ge '" + Instant.MIN + "'"));
        assertThat(property("$StartTime").ge(Instant.ofEpochMilli(1500))).isEqualTo(parse("$StartTime ge '1500'"));
        assertThat(C).isEqualTo(parse("has c"));
        assertThat(all()).isEqualTo(parse("all"));
        assertThat(A.and(B)).isEqualTo(parse("a is '1' and b is '2'"));
        assertThat(A.or(B).not()).isEqualTo(parse("not (a is '1' or b is '2')"));
        assertThat(A.or(B).and(C)).isEqualTo(parse("(a is '1' or b is '2') and has c"));
        assertThat(A.or(B.and(C))).isEqualTo(parse("a is '1' or b is '2' and has c"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "tenant EQ \"acme\"; tenant is 'acme'",
                "not tenant is 'acme'; tenant ne 'acme'",
                "not not tenant is 'acme'; not tenant ne 'acme'",
                "tenant in ['acme']; tenant is 'acme'",
                "tenant in {\"a\" 'b', 'a'}; tenant in ['a','b']",
                "not tenant in ('a','b'); not tenant in ['a','b']",
                "tenant in (); tenant in []",
                "( ( ALL ) ); all",
                "a is '1' and (b is '2' and has c); a is '1' and b is '2' and has c",
                "(a is '1' or b is '2') or has c; a is '1' or b is '2' or has c",
                "(a is '1' and b is '2') or has c; a is '1' and b is '2' or has c",
                "a is '1' and (b is '2' or has c); a is '1' and (b is '2' or has c)",
                "not (a is '1' and b is '2'); not (a is '1' and b is '2')",
                "not(has c)and all; not has c and all",
                "n GE \"+03.50\"; n ge '3.50'",
                "not n lt '1e3'; not n lt '1E+3'",
                "lt lt '3' and starts starts with 'with'; lt lt '3' and starts starts with 'with'",
                "n STARTS\tWITH \"it's\"; n starts with 'it\\'s'",
                "d lt '2026-01-31T10:30+01:00'; d lt '2026-01-31T09:30:00Z'",
                "$StartTime gt '1970-01-01T00:00:01.5Z'; $StartTime gt '1500'",
                "$StartTime gt '1970-01-01T00:00:00.0001Z'; $StartTime gt '0.1'",
                "v is \"it's \\\\ \\\"\"; v is 'it\\'s \\\\ \"'",
            })
    void shouldPrintOneSpellingForWhatIsEqual(String text, String printed) {
        assertThat(parse(text)).hasToString(printed);
        assertThat(parse(printed))
                .isEqualTo(parse(text))
                .hasSameHashCodeAs(parse(text))
                .hasToString(printed);
    }

    @Test
    void shouldDifferWhereItSaysSomethingElse() {
        List<SessionFilter> different = List.of(
                A,
                B,
                C,
                all(),
                A.not(),
                C.not(),
                A.not().not(),
                A.and(B),
                B.and(A),
                A.or(B),
                A.and(B).or(C),
                A.and(B.or(C)),
                property("a").in("1", "2"),
                property("a").in("1", "2", "3"),
                property("a").in(),
                property("a").lt(1),
                property("a").le(1),
                property("a").lt(2),
                property("a").lt(Instant.EPOCH),
                property("a").startsWith("1"),
                property("a").startsWith(""),
                property("a").is("2"),
                has("a"),
                property("A").is("1"));

        assertThat(different).doesNotHaveDuplicates();
        assertThat(different).extracting(SessionFilter::toString).doesNotHaveDuplicates();
        assertThat(property("a").in("1", "2")).isEqualTo(property("a").in("2", "1"));
        assertThat(A).isNotEqualTo("a is '1'").isNotEqualTo(null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a b", "a\tb", "a\rb", "a\nb", "a\"b", "a'b", "a(b", "a)b", "a,b", "a[b", "a]b", "a{b", "a}b",
                "a\\b", "and", "OR", "Not", "iS", "eq", "NE", "in", "has", "aLL", "$", "$key", "$Foo", "$Keys"
            })
    void shouldRefuseTheNamesThatTheParserRefuses(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> property(name));
        assertThatIllegalArgumentException().isThrownBy(() -> has(name));
        assertThatExceptionOfType(SessionFilterSyntaxException.class).isThrownBy(() -> parse("has " + name));
    }

    @Test
    void shouldRefuseNulls() {
        assertThatNullPointerException().isThrownBy(() -> property(null));
        assertThatNullPointerException().isThrownBy(() -> has(null));
        assertThatNullPointerException().isThrownBy(() -> property("a").is(null));
        assertThatNullPointerException().isThrownBy(() -> property("a").ne(null));
        assertThatNullPointerException().isThrownBy(() -> property("a").startsWith(null));
        assertThatNullPointerException().isThrownBy(() -> property("a").lt((Number) null));
        assertThatNullPointerException().isThrownBy(() -> property("a").ge((Instant) null));
        assertThatNullPointerException().isThrownBy(() -> property("a").in("1", null));
        assertThatNullPointerException().isThrownBy(() -> property("a").in(Arrays.asList("1", null)));
        assertThatNullPointerException().isThrownBy(() -> property("a").in((Collection<String>) null));
        assertThatNullPointerException().isThrownBy(() -> A.and(null));
        assertThatNullPointerException().isThrownBy(() -> A.or(null));
    }

    @Test
    void shouldRefuseToCompareWithWhatIsNoNumberOrMoment() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> property("a").lt(Double.NaN))
                .withMessageContaining("\"NaN\"");
        assertThatIllegalArgumentException().isThrownBy(() -> property("a").ge(Float.NEGATIVE_INFINITY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> property("$Version").gt(Instant.EPOCH))
                .withMessageContaining("a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> property("a").le(BigInteger.TEN.pow(1100)))
                .withMessageContaining("a number");
    }

    @Test
    void shouldNotChangeWithTheCollectionItWasGiven() {
        List<String> values = new ArrayList<>(List.of("1"));
        SessionFilter filter = property("a").in(values);
        values.add("2");

        assertThat(filter).isEqualTo(A);
        assertThat(filter.requiredValues("a").orElseThrow()).isUnmodifiable();
        assertThat(A.or(B.and(A)).requiredValues("a").orElseThrow()).isUnmodifiable();
        assertThat(A.and(A).requiredValues("a").orElseThrow()).isUnmodifiable();
    }

    @Test
    void shouldBuildNothingThatCannotBeParsed() {
        SessionFilter deepest = C;
        for (int i = 0; i < 200; i++) {
            deepest = deepest.not();
        }
        SessionFilter tooDeep = deepest;

        assertThat(parse(deepest.toString())).isEqualTo(deepest);
        assertThat(parse(deepest.or(A).toString())).isEqualTo(deepest.or(A));
        assertThat(parse(deepest.and(A).toString())).isEqualTo(deepest.and(A));
        assertThatIllegalArgumentException().isThrownBy(tooDeep::not).withMessageContaining("201 deep");
        assertThatIllegalArgumentException().isThrownBy(() -> tooDeep.or(A).and(B));
    }

    @Test
    void shouldCountANegatedGroupTwice() {
        SessionFilter deepest = A;
        for (int i = 0; i < 100; i++) {
            deepest = deepest.and(B).not();
        }

        assertThat(parse(deepest.toString())).isEqualTo(deepest);
        assertThatIllegalArgumentException().isThrownBy(deepest.and(B)::not).withMessageContaining("202 deep");
    }

    @Test
    void shouldVisitTheDeepestFilter() {
        SessionFilter deepest = A;
        for (int i = 0; i < 200; i++) {
            deepest = deepest.or(B).and(C);
        }

        assertThat(deepest.matches(Map.of("c", "")::get)).isFalse();
        assertThat(parse(deepest.toString())).isEqualTo(deepest).hasSameHashCodeAs(deepest);
        assertThat(deepest.requiredValues("a")).isEmpty();
    }

    @Test
    void shouldChainWithoutNesting() {
        SessionFilter every = A;
        SessionFilter any = A;
        for (int i = 0; i < 10_000; i++) {
            every = i % 2 == 0 ? every.and(B) : B.and(every);
            any = i % 2 == 0 ? any.or(B) : B.or(any);
        }

        assertThat(parse(every.toString())).isEqualTo(every).hasSameHashCodeAs(every);
        assertThat(parse(any.toString())).isEqualTo(any).hasSameHashCodeAs(any);
        assertThat(every.matches(Map.of("a", "1", "b", "2")::get)).isTrue();
        assertThat(any.matches(Map.of("a", "2", "b", "1")::get)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            nullValues = "any",
            value = {
                "a is '1'; 1",
                "a in ['1','2']; 1 2",
                "a in []; ``",
                "b is '1'; any",
                "a ne '1'; any",
                "not a in ['1','2']; any",
                "not not a is '1'; any",
                "has a; any",
                "all; any",
                "a is '1' and has b; 1",
                "has b and a is '1'; 1",
                "a in ['1','2'] and a in ['2','3']; 2",
                "a is '1' and a is '2'; ``",
                "a is '1' or a is '2'; 1 2",
                "a is '1' or b is '2'; any",
                "a is '1' or a ne '2'; any",
                "(a is '1' or a is '2') and b is '3'; 1 2",
                "a is '1' and b is '3' or a is '2' and c is '4'; 1 2",
                "a is '1' and (b is '3' or c is '4'); 1",
                "a is '1' or a in []; 1",
            })
    void shouldReturnThePossibleValues(String text, String values) {
        Set<String> expected = values == null ? null : values.isEmpty() ? Set.of() : Set.of(values.split(" "));

        assertThat(parse(text).requiredValues("a").orElse(null)).isEqualTo(expected);
    }
}
