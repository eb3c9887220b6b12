package io.sessiontracker.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Random Java sources of session classes, whose fields nest all kinds of types that an application may think of. Keys and
 * elements of a set that are different by identity and equal once they are read (arrays as keys, sets of deques) are left out, as
 * {@link TypeGraph} refuses them.
 */
final class RandomShapes {

    private static final int DEPTH = 3;
    private static final List<String> LEAVES = List.of(
            "int",
            "long",
            "double",
            "float",
            "boolean",
            "char",
            "byte",
            "short",
            "Integer",
            "Long",
            "Double",
            "Boolean",
            "Character",
            "String",
            "byte[]",
            "int[]",
            "String[]",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.util.UUID",
            "java.net.URI",
            "java.time.Instant",
            "java.time.Duration",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.ZoneId",
            "java.util.Locale",
            "java.util.Currency",
            "java.util.BitSet",
            "java.util.concurrent.atomic.AtomicInteger");
    private static final List<String> VAGUE = List.of("Object", "Number", "CharSequence", "Comparable<?>");
    private static final List<String> KEYS =
            List.of("String", "Integer", "Long", "java.util.UUID", "java.time.LocalDate", "Boolean", "Character");

    private final Random random;
    private final String session;
    private final List<String> nested = new ArrayList<>();

    private RandomShapes(Random random, String session) {
        this.random = random;
        this.session = session;
    }

    /** The source of a top-level session class of that name. */
    static String source(Random random, String session) {
        return new RandomShapes(random, session).source();
    }

    private String source() {
        String fields = fields("f", DEPTH);
        return """
                public class %1$s extends io.sessiontracker.Session {
                    public %1$s(String key) { super(key); }
                %2$s%3$s}
                """.formatted(session, fields, String.join("", nested));
    }

    private String fields(String prefix, int depth) {
        StringBuilder fields = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            fields.append("    private %s %s%d;%n".formatted(type(depth), prefix, i));
        }
        return fields.toString();
    }

    private String type(int depth) {
        int kind = random.nextInt(20);
        if (depth == 0 || kind < 7) {
            return pick(LEAVES);
        }
        if (kind == 7) {
            return pick(VAGUE);
        }
        return kind < 14 ? container(depth - 1) : composite(depth - 1);
    }

    private String container(int depth) {
        String element = boxed(type(depth));
        List<Supplier<String>> containers = List.of(
                () -> "java.util.List<%s>".formatted(element),
                () -> (element.contains("Deque") ? "java.util.List<%s>" : "java.util.Set<%s>").formatted(element),
                () -> "java.util.Collection<%s>".formatted(element),
                () -> "java.util.Deque<%s>".formatted(element),
                () -> "java.util.Optional<%s>".formatted(element),
                () -> "java.util.Map<%s, %s>".formatted(key(), element),
                () -> "java.util.Map<%s, %s>".formatted(key(), element),
                () -> "java.util.TreeMap<String, %s>".formatted(element),
                () -> element.contains("<") ? "java.util.List<%s>".formatted(element) : element + "[]");
        return containers.get(random.nextInt(containers.size())).get();
    }

    private String key() {
        return random.nextInt(4) == 0 ? enumeration() : pick(KEYS);
    }

    private String composite(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> enumeration();
            case 1 -> declare("    record %s(%s g0, %s g1) {}%n", type(depth), type(depth));
            case 2 -> declare("    interface %1$s {} record %1$sA(%2$s g0) implements %1$s {}%n", type(depth));
            case 3 -> declare("""
                    @com.fasterxml.jackson.annotation.JsonTypeInfo(use = com.fasterxml.jackson.annotation.JsonTypeInfo.Id.NAME)
                    sealed interface %1$s {}
                    record %1$sA(%2$s g0) implements %1$s {}
                    record %1$sB(%3$s g0) implements %1$s {}
                """, type(depth), type(depth));
            case 4 ->
                declare(
                        "    static class %1$s {%n%2$s    }%n    static class %1$sA extends %1$s {%n    private int sub;%n    }%n",
                        fields("g", depth));
            case 5 -> declare("    record %1$s(String g0) { %1$s { g0 = g0 + '+'; } }%n");
            default -> declare("    static class %s {%n%s    }%n", fields("g", depth));
        };
    }

    private String enumeration() {
        return declare("    enum %1$s { ONE, TWO { @Override public String toString() { return \"2\"; } } }%n");
    }

    /** Declares a nested type; the format's first argument is its name. */
    private String declare(String format, Object... others) {
        List<Object> arguments = new ArrayList<>(List.of(others));
        String name = "N" + nested.size() + (char) ('a' + random.nextInt(26));
        arguments.add(0, name);
        nested.add(format.formatted(arguments.toArray()));
        return name;
    }

    private String pick(List<String> types) {
        return types.get(random.nextInt(types.size()));
    }

    private static String boxed(String type) {
        return switch (type) {
            case "int" -> "Integer";
            case "long" -> "Long";
            case "double" -> "Double";
            case "float" -> "Float";
            case "boolean" -> "Boolean";
            case "char" -> "Character";
            case "byte" -> "Byte";
            case "short" -> "Short";
            default -> type;
        };
    }
}
