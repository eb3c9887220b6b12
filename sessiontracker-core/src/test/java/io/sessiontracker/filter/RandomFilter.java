package io.sessiontracker.filter;

import java.util.ArrayList;
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
        return switch (random.nextInt(6)) {
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
            default ->
                new RandomFilter(
                        spelling.comparison(name, random.nextBoolean() ? "is" : "eq", value),
                        property.is(value),
                        given -> given.containsKey(name) && given.get(name).equals(value));
        };
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
