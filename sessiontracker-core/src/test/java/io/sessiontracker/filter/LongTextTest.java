package io.sessiontracker.filter;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million characters of each kind. The time limit is no measure, it only ends a run that grows with the square of the
 * length.
 */
@Timeout(120)
class LongTextTest {

    private static final int LENGTH = 1_000_000;

    @Test
    void shouldReadLongWordsAndValues() {
        String word = "x".repeat(LENGTH);
        assertThat(SessionFilter.parse(word + " is '" + word + "'").matches(Map.of(word, word)::get))
                .isTrue();
        assertThat(FilterErrorsTest.positionIn("a is " + word)).isEqualTo(5);
        assertThat(FilterErrorsTest.positionIn("a is '" + "\\'".repeat(LENGTH))).isEqualTo(6 + 2 * LENGTH);
    }

    @Test
    void shouldReadLongLists() {
        StringBuilder list = new StringBuilder("a in [");
        for (int i = 0; list.length() < LENGTH; i++) {
            list.append('\'').append(i).append("', ");
        }
        SessionFilter filter = SessionFilter.parse(list + "'last']");

        assertThat(filter.matches(Map.of("a", "last")::get)).isTrue();
        assertThat(filter.matches(Map.of("a", "none")::get)).isFalse();
        assertThat(SessionFilter.parse(filter.toString())).isEqualTo(filter);
        assertThat(FilterErrorsTest.positionIn(list.toString())).isEqualTo(list.length());
    }

    @Test
    void shouldReadLongChains() {
        for (String operator : new String[] {" and ", " or ", " or a is '1' and not "}) {
            String chain = ("has b" + operator).repeat(LENGTH / 10);
            SessionFilter filter = SessionFilter.parse(chain + "has b");

            assertThat(filter.matches(Map.of("b", "")::get)).isTrue();
            assertThat(SessionFilter.parse(filter.toString())).isEqualTo(filter).hasSameHashCodeAs(filter);
            assertThat(FilterErrorsTest.positionIn(chain)).isEqualTo(chain.length());
        }
    }

    @Test
    void shouldReadLongGroupsInGroups() {
        String chain = "has a" + " and has b".repeat(LENGTH / 1_000);
        String text = "(".repeat(200) + chain + (" and has c)" + " and has d".repeat(400)).repeat(200);
        SessionFilter filter = SessionFilter.parse(text);

        assertThat(SessionFilter.parse(filter.toString())).isEqualTo(filter);
    }

    @Test
    void shouldStopAtNonsenseAndBlanks() {
        assertThat(FilterErrorsTest.positionIn("\\".repeat(LENGTH))).isZero();
        assertThat(FilterErrorsTest.positionIn(" ".repeat(LENGTH))).isEqualTo(LENGTH);
        assertThat(FilterErrorsTest.positionIn("''".repeat(LENGTH))).isZero();
    }
}
