package io.sessiontracker.filter;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A random filter in three forms that know nothing of each other: a text spelt at random, the same by the builder, and what
 * it means.
 */
record RandomFilter(String text, SessionFilter built, Predicate<Map<String, String>> meaning) {

    private static final int MAX_DEPTH = 6;

    /** The values of {@link Spelling} that are numbers, and what they are. */
    private static final Map<String, Double> NUMBERS = Map.of("1", 1.0, "2", 2.0, "-.5", -0.5, "1e1", 10.0);

    /** The values that are moments, and the minutes since the first one. */
    private static final Map<String, Integer> MOMENTS =
            Map.of("2026-01-31T09:30:00Z", 0, "2026-01-31T10:30+01:00", 0, "2026-02-01T00:00:00Z", 870);

    static RandomFilter from(Random random) {
        return any(random, new Spelling(random), random.nextInt(MAX_DEPTH + 1));
    }

    private static RandomFilter any(Random random, Spelling spelling, int depth) {
        if (depth == 0) {
            return condition(random, spelling);
        }
        return switch (random.nextInt(4)) {
            case 0 -> condition(random, spelling);
            case 1 -> negation(any(random, spelling, depth - 1), spelling);
            case 2 -> every(parts(random, spelling, depth), spelling);
            default -> either(parts(random, spelling, depth), spelling);
        };
    }

    private static List<RandomFilter> parts(Random random, Spelling spelling, int depth) {
        List<RandomFilter> parts = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            parts.add(any(random, spelling, depth - 1));
        }
        return parts;
    }

    private static RandomFilter condition(Random random, Spelling spelling) {
        String name = spelling.name();
        SessionFilterProperty property = SessionFilter.property(name);
        List<String> values = spelling.values();
        String value = spelling.value();
        return switch (random.nextInt(9)) {
            case 0 -> new RandomFilter(spelling.word("all"), SessionFilter.all(), given -> true);
            case 1 ->
                new RandomFilter(
                        spelling.words("has", name), SessionFilter.has(name), given -> given.containsKey(name));
            case 2 ->
                new RandomFilter(
                        spelling.comparison(name, "ne", value),
                        property.ne(value),
                        given -> !given.containsKey(name) || !given.get(name).equals(value));
            case 3 ->
                new RandomFilter(
                        spelling.membership(name, values),
                        property.in(values),
                        given -> given.containsKey(name) && values.contains(given.get(name)));
            case 4 ->
                new RandomFilter(
                        spelling.prefix(name, value),
                        property.startsWith(value),
                        given -> given.containsKey(name) && given.get(name).startsWith(value));
            case 5 -> number(random, spelling, name, pick(random, NUMBERS.keySet()));
            case 6 ->
                name.startsWith("$")
                        ? condition(random, spelling)
                        : moment(random, spelling, name, pick(random, MOMENTS.keySet()));
            default ->
                new RandomFilter(
                        spelling.comparison(name, random.nextBoolean() ? "is" : "eq", value),
                        property.is(value),
                        given -> given.containsKey(name) && given.get(name).equals(value));
        };
    }

    private static RandomFilter number(Random random, Spelling spelling, String name, String value) {
        Comparison comparison = pick(random, List.of(Comparison.values()));
        return new RandomFilter(
                spelling.comparison(name, comparison.name(), value),
                compared(SessionFilter.property(name), comparison, new BigDecimal(value)),
                given -> NUMBERS.containsKey(given.getOrDefault(name, ""))
                        && holds(comparison, NUMBERS.get(given.get(name)).compareTo(NUMBERS.get(value))));
    }

    private static RandomFilter moment(Random random, Spelling spelling, String name, String value) {
        Comparison comparison = pick(random, List.of(Comparison.values()));
        return new RandomFilter(
                spelling.comparison(name, comparison.name(), value),
                compared(
                        SessionFilter.property(name),
                        comparison,
                        OffsetDateTime.parse(value).toInstant()),
                given -> MOMENTS.containsKey(given.getOrDefault(name, ""))
                        && holds(comparison, MOMENTS.get(given.get(name)).compareTo(MOMENTS.get(value))));
    }

    private static boolean holds(Comparison comparison, int order) {
        return switch (comparison) {
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    static SessionFilter compared(SessionFilterProperty property, Comparison comparison, Number bound) {
        return switch (comparison) {
            case LT -> property.lt(bound);
            case LE -> property.le(bound);
            case GT -> property.gt(bound);
            case GE -> property.ge(bound);
        };
    }

    static SessionFilter compared(SessionFilterProperty property, Comparison comparison, Instant bound) {
        return switch (comparison) {
            case LT -> property.lt(bound);
            case LE -> property.le(bound);
            case GT -> property.gt(bound);
            case GE -> property.ge(bound);
        };
    }

    private static <T> T pick(Random random, Collection<T> from) {
        return List.copyOf(from).get(random.nextInt(from.size()));
    }

    private static RandomFilter negation(RandomFilter part, Spelling spelling) {
        return new RandomFilter(
                spelling.words("not", spelling.group(part.text)), part.built.not(), part.meaning.negate());
    }

    private static RandomFilter every(List<RandomFilter> parts, Spelling spelling) {
        return new RandomFilter(
                spelling.joined("and", texts(parts)),
                parts.stream()
                        .map(RandomFilter::built)
                        .reduce(SessionFilter::and)
                        .orElseThrow(),
                given -> parts.stream().allMatch(part -> part.meaning.test(given)));
    }

    private static RandomFilter either(List<RandomFilter> parts, Spelling spelling) {
        return new RandomFilter(
                spelling.joined("or", texts(parts)),
                parts.stream()
                        .map(RandomFilter::built)
                        .reduce(SessionFilter::or)
                        .orElseThrow(),
                given -> parts.stream().anyMatch(part -> part.meaning.test(given)));
    }

    private static List<String> texts(List<RandomFilter> parts) {
        return parts.stream().map(RandomFilter::text).toList();
    }
}
