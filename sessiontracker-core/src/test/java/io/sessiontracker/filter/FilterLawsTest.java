package io.sessiontracker.filter;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import io.sessiontracker.RandomRuns;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What holds for every filter and for every text, tried on random ones. */
class FilterLawsTest {

    private static final int RUNS = 2_000;
    private static final List<String> PIECES = List.of(
            "a", "tenant", "$Key", "$", " ", " ", " ", "\t", "\n", "'", "\"", "'v'", "\"v\"", "\\", "(", ")", "[", "]",
            "{", "}", ",", "=", "and", "or", "not", "is", "eq", "ne", "in", "has", "all", "lt", "GE", "starts", "with",
            "'1'", "NOT", "\0", "\uD83D", "\uDE00", "\u0130s");

    @Test
    void shouldGiveBackAnEqualFilter() {
        RandomRuns.check(RUNS, random -> {
            SessionFilter filter = RandomFilter.from(random).built();

            assertThat(SessionFilter.parse(filter.toString()))
                    .isEqualTo(filter)
                    .hasSameHashCodeAs(filter)
                    .hasToString(filter.toString());
        });
    }

    @Test
    void shouldReadEverySpellingAsWhatIsBuilt() {
        RandomRuns.check(RUNS, random -> {
            RandomFilter filter = RandomFilter.from(random);

            assertThat(SessionFilter.parse(filter.text())).isEqualTo(filter.built());
        });
    }

    @Test
    void shouldMatchWhatIsMeant() {
        RandomRuns.check(RUNS, random -> {
            RandomFilter filter = RandomFilter.from(random);
            for (int i = 0; i < 10; i++) {
                Map<String, String> properties = properties(random);

                assertThat(filter.built().matches(properties::get))
                        .as("%s with %s", filter.built(), properties)
                        .isEqualTo(filter.meaning().test(properties));
            }
        });
    }

    @Test
    void shouldMatchNothingOutsideTheRequiredValues() {
        RandomRuns.check(RUNS, random -> {
            RandomFilter filter = RandomFilter.from(random);
            for (int i = 0; i < 10; i++) {
                Map<String, String> properties = properties(random);
                if (filter.meaning().test(properties)) {
                    Spelling.NAMES.forEach(name -> assertPossible(filter.built(), name, properties));
                }
            }
        });
    }

    @Test
    void shouldVisitEveryCondition() {
        RandomRuns.check(RUNS, random -> {
            SessionFilter filter = RandomFilter.from(random).built();

            assertThat(filter.accept(new Rebuilding())).isEqualTo(filter);
        });
    }

    private static final class Rebuilding implements SessionFilter.Visitor<SessionFilter> {

        @Override
        public SessionFilter all() {
            return SessionFilter.all();
        }

        @Override
        public SessionFilter has(String property) {
            return SessionFilter.has(property);
        }

        @Override
        public SessionFilter in(String property, Set<String> values) {
            return SessionFilter.property(property).in(values);
        }

        @Override
        public SessionFilter startsWith(String property, String prefix) {
            return SessionFilter.property(property).startsWith(prefix);
        }

        @Override
        public SessionFilter compare(String property, Comparison comparison, BigDecimal bound) {
            return RandomFilter.compared(SessionFilter.property(property), comparison, bound);
        }

        @Override
        public SessionFilter compare(String property, Comparison comparison, Instant bound) {
            return RandomFilter.compared(SessionFilter.property(property), comparison, bound);
        }

        @Override
        public SessionFilter not(SessionFilter negated) {
            return negated.not();
        }

        @Override
        public SessionFilter and(List<SessionFilter> parts) {
            return parts.stream().reduce(SessionFilter::and).orElseThrow();
        }

        @Override
        public SessionFilter or(List<SessionFilter> parts) {
            return parts.stream().reduce(SessionFilter::or).orElseThrow();
        }
    }

    @Test
    void shouldThrowNothingButASyntaxErrorForAnyText() {
        RandomRuns.check(RUNS, random -> assertFilterOrError(randomText(random)));
    }

    @Test
    void shouldThrowNothingButASyntaxErrorForAnAlteredFilter() {
        RandomRuns.check(RUNS, random -> {
            StringBuilder text = new StringBuilder(RandomFilter.from(random).text());
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                alter(text, random);
            }
            assertFilterOrError(text.toString());
        });
    }

    private static void assertPossible(SessionFilter filter, String name, Map<String, String> properties) {
        Optional<Set<String>> required = filter.requiredValues(name);
        if (required.isPresent()) {
            assertThat(properties.get(name)).as("%s of %s", name, filter).isIn(required.get());
        }
    }

    private static void assertFilterOrError(String text) {
        SessionFilterSyntaxException error = errorIn(text);
        if (error == null) {
            SessionFilter filter = SessionFilter.parse(text);
            assertThat(SessionFilter.parse(filter.toString())).isEqualTo(filter);
            return;
        }
        assertThat(error.position()).as(text).isBetween(0, text.length());
        // What is before the first wrong character goes on to be a filter: it is one, or it only ends too early.
        SessionFilterSyntaxException tooEarly = errorIn(text.substring(0, error.position()));
        if (tooEarly != null) {
            assertThat(tooEarly.position()).as(text).isEqualTo(error.position());
        }
        // And if the whole text only ends too early, no more of it makes the error come earlier.
        if (error.position() == text.length()) {
            assertThat(errorIn(text + "\\").position()).as(text).isGreaterThanOrEqualTo(text.length());
        }
    }

    private static SessionFilterSyntaxException errorIn(String text) {
        return catchThrowableOfType(SessionFilterSyntaxException.class, () -> SessionFilter.parse(text));
    }

    private static Map<String, String> properties(Random random) {
        Spelling spelling = new Spelling(random);
        Map<String, String> properties = new HashMap<>();
        Spelling.NAMES.stream()
                .filter(name -> random.nextBoolean())
                .forEach(name -> properties.put(name, spelling.value()));
        return properties;
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
            text.append(piece(random));
        }
        return text.toString();
    }

    private static String piece(Random random) {
        return random.nextInt(10) == 0
                ? Character.toString((char) random.nextInt(Character.MAX_VALUE + 1))
                : PIECES.get(random.nextInt(PIECES.size()));
    }

    private static void alter(StringBuilder text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(3));
        text.replace(from, to, random.nextInt(3) == 0 ? "" : piece(random));
    }
}
