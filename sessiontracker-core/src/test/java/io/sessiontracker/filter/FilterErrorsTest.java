package io.sessiontracker.filter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Where a text stops being a filter, and what the message says of it. */
class FilterErrorsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = ';',
            value = {
                "``;0",
                "`   `;3",
                "` \t\r\n`;4",
                "tenant;6",
                "tenant ;7",
                "tenant is;9",
                "tenant is acme;10",
                "tenant is 3;10",
                "tenant is true and x is 'y';10",
                "tenant is 'acme;15",
                "tenant is \"acme';16",
                "tenant is 'acme\\';17",
                "tenant is 'acme\\;16",
                "tenant is ('acme');10",
                "tenant is ['acme'];10",
                "tenant is is 'acme';10",
                "tenant is 'a' 'b';14",
                "tenant is 'a''b';13",
                "tenant is 'a', 'b';13",
                "tenant is 'a' region is 'b';14",
                "tenant = 'acme';7",
                "tenant == 'acme';7",
                "tenant='acme';7",
                "tenant isnt 'acme';7",
                "tenant not in ['a'];7",
                "tenant 'acme;7",
                "'tenant' is 'acme';0",
                "'tenant;0",
                "tenant in;9",
                "tenant in acme;10",
                "tenant in [;11",
                "tenant in [a];11",
                "tenant in ['a';14",
                "tenant in ['a;13",
                "tenant in ['a' 'b;17",
                "tenant in ['a');14",
                "tenant in ('a'];14",
                "tenant in {'a'];14",
                "tenant in [};11",
                "tenant in ['a',];15",
                "tenant in [,'a'];11",
                "tenant in ['a',,'b'];15",
                "tenant in ['a''b'];14",
                "tenant in ['a'\"b\"];14",
                "tenant in [['a']];11",
                "tenant in ['a' and 'b'];15",
                "tenant in 'a',;14",
                "tenant in 'a', and all;15",
                "tenant in 'a')];13",
                "has;3",
                "has 'tenant';4",
                "has all;4",
                "has NOT;4",
                "has (tenant);4",
                "has tenant is 'a';11",
                "all all;4",
                "all and;7",
                "all or;6",
                "all and and all;8",
                "all or and all;7",
                "and all;0",
                "or;0",
                "IN ['a'];0",
                "is is 'a';0",
                "not;3",
                "not not;7",
                "not and;4",
                "all not all;4",
                "all xor all;4",
                "(;1",
                "();1",
                "(all;4",
                "(all tenant;5",
                "all);3",
                "(all));5",
                "((all);6",
                ");0",
                "all,all;3",
                "[all];0",
                "{all};0",
                "ten\\ant is 'a';3",
                "ten,ant is 'a';3",
                "ten[ant is 'a';3",
                "ten}ant is 'a';3",
                "ten\"ant\" is 'a';3",
                "\\;0",
                "$key is 'a';0",
                "$KEY is 'a';0",
                "$Foo is 'a';0",
                "$ is 'a';0",
                "$Keys is 'a';0",
                "$StartTime is 0;14",
                "$StartTime lt 0;14",
                "$StartTime lt 'yesterday';14",
                "$StartTime lt '2026-01-31';14",
                "$StartTime lt '2026-01-31T09:30:00';14",
                "$Version lt '2026-01-31T09:30:00Z';12",
                "n ge;4",
                "n ge 3;5",
                "n ge '';5",
                "n ge '3 ';5",
                "n ge ' 3';5",
                "n ge '3,5';5",
                "n ge '0x3';5",
                "n ge 'NaN';5",
                "n ge '3'4;8",
                "n ge ['3'];5",
                "n ge '1e1234567890';5",
                "n ge '\u0663';5",
                "n ge '3;7",
                "n gte '3';2",
                "n not lt '3';2",
                "n starts 'a';9",
                "n starts;8",
                "n starts with;13",
                "n starts with a;14",
                "n startswith 'a';2",
                "n with 'a';2",
                "all and has $Started;12",
                "all and not ($x is 'a');13",
            })
    void shouldReportTheFirstWrongCharacter(String text, int position) {
        assertThat(positionIn(text)).isEqualTo(position);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "tenant is acme; `expected a quoted value after 'is', found 'acme' (at index 10)`",
                "tenant in acme; `expected a quoted value or a list of them after 'in', found 'acme' (at index 10)`",
                "tenant in [acme]; `expected a quoted value or ']' after '[', found 'acme' (at index 11)`",
                "tenant in ['a'); `expected ',', another value or ']' after a quoted value, found ')' (at index 14)`",
                "tenant in ['a''b']; `expected a comma or a blank after a quoted value, found a quoted value (at index 14)`",
                "tenant = 'a'; `expected 'is', 'eq', 'ne', 'in', 'lt', 'le', 'gt', 'ge' or 'starts with' after 'tenant', found '=' (at index 7)`",
                "tenant; `expected 'is', 'eq', 'ne', 'in', 'lt', 'le', 'gt', 'ge' or 'starts with' after 'tenant', found the end (at index 6)`",
                "tenant is 'acme; `expected a closing quote for the value that begins at index 10 (at index 15)`",
                "``; `expected a condition (a property's name, 'has', 'all', 'not' or '('), found the end (at index 0)`",
                "has AND; `expected a property's name after 'has', found 'and' (at index 4)`",
                "(all x; `expected 'and', 'or' or ')' after 'all', found 'x' (at index 5)`",
                "all x; `expected 'and', 'or' or the end after 'all', found 'x' (at index 4)`",
                "x starts 'a'; `expected 'with' after 'starts', found a quoted value (at index 9)`",
                "x lt 'a'; `expected a number or a time such as 2026-01-31T09:30:00Z, in quotes after 'lt', found another value (at index 5)`",
                "$Version GE '2026-01-31T09:30:00Z'; `expected a number in quotes after 'ge', found another value (at index 12)`",
                "$x is 'a'; `expected one of the fixed properties [$Key, $Id, $Type, $Version, $StartTime], found '$x' (at index 0)`",
            })
    void shouldSayWhatWasExpectedAndWhatIsThere(String text, String message) {
        assertThatExceptionOfType(SessionFilterSyntaxException.class)
                .isThrownBy(() -> SessionFilter.parse(text == null ? "" : text))
                .withMessage(message);
    }

    @Test
    void shouldRepeatNeitherValuesNorLongWordsNorControlCharacters() {
        assertThat(errorIn("tenant is 'a' 'secret'")).hasMessageNotContaining("secret");
        assertThat(errorIn("tenant is " + "\uD83D\uDE00".repeat(10_000)))
                .message()
                .hasSizeLessThan(200);
        assertThat(errorIn("tenant is \u001b[31m")).hasMessageNotContaining("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not ", "(", "not(", "(not\n", "x is 'y' and ("})
    void shouldRefuseWhatIsNestedTooDeep(String opening) {
        int levels = opening.contains("(") && opening.contains("not") ? 2 : 1;

        SessionFilterSyntaxException error = errorIn(opening.repeat(1_000_000 / opening.length()));

        int first = Math.max(opening.indexOf("not"), opening.indexOf("("));
        first = levels == 2 ? 0 : first;
        assertThat(error.position()).isEqualTo(Node.MAX_NESTING / levels * opening.length() + first);
        assertThat(error).hasMessageContaining("nested more than 200 deep");
    }

    @Test
    void shouldTakeWhatIsNestedAsDeepAsAllowed() {
        String deepest = "(".repeat(200) + "all" + ")".repeat(200);
        assertThat(SessionFilter.parse(deepest + " and " + deepest)).hasToString("all and all");
        assertThat(positionIn("(" + deepest + ")")).isEqualTo(200);

        String negated = "not ".repeat(200) + "all";
        assertThat(SessionFilter.parse(negated + " and " + negated)).hasToString(negated + " and " + negated);
        assertThat(positionIn(negated + " and (" + negated + ")")).isEqualTo(809 + 199 * 4);
    }

    @Test
    void shouldRefuseNull() {
        assertThatNullPointerException().isThrownBy(() -> SessionFilter.parse(null));
    }

    static int positionIn(String text) {
        return errorIn(text).position();
    }

    private static SessionFilterSyntaxException errorIn(String text) {
        SessionFilterSyntaxException error =
                catchThrowableOfType(SessionFilterSyntaxException.class, () -> SessionFilter.parse(text));
        assertThat(error)
                .as("the error in <%s>", text.length() < 100 ? text : "a long text")
                .isNotNull();
        return error;
    }
}
