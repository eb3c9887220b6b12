package io.sessiontracker.json;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Fills instances of {@link RandomShapes} with random state, odd values and nulls among it. */
final class RandomValues {

    private static final List<String> TEXTS =
            List.of("", "a", "null", "0", "\u0000", "\"\\/\n", "ä€😀", "\uFEFF", "a.b[c]", "@type", "key");

    private final Random random;
    private final Map<Type, Supplier<Object>> leaves = new HashMap<>();

    RandomValues(Random random) {
        this.random = random;
        leaf(() -> random.nextBoolean() ? random.nextInt(3) : random.nextInt(), int.class, Integer.class);
        leaf(() -> random.nextBoolean() ? random.nextInt(3) : random.nextLong(), long.class, Long.class);
        leaf(
                () -> pick(0.0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY, random.nextGaussian()),
                double.class,
                Double.class);
        leaf(() -> pick(0f, 0.1f, Float.MAX_VALUE, random.nextFloat()), float.class, Float.class);
        leaf(random::nextBoolean, boolean.class, Boolean.class);
        leaf(() -> pick('a', ' ', '"', 'ß', '\u0000'), char.class, Character.class);
        leaf(() -> (byte) random.nextInt(), byte.class, Byte.class);
        leaf(() -> (short) random.nextInt(), short.class, Short.class);
        leaf(() -> TEXTS.get(random.nextInt(TEXTS.size())), String.class, CharSequence.class);
        leaf(() -> bytes(random.nextInt(4)), byte[].class);
        leaf(() -> new int[] {random.nextInt(), 0}, int[].class);
        leaf(() -> new String[] {"a", null, ""}, String[].class);
        leaf(
                () -> pick(new BigDecimal("1.00"), new BigDecimal("1E+3"), new BigDecimal("0.1")),
                BigDecimal.class,
                Number.class);
        leaf(() -> new BigInteger(100, random), BigInteger.class);
        leaf(() -> new UUID(random.nextLong(), random.nextLong()), UUID.class);
        leaf(() -> URI.create("http://h/" + random.nextInt(9)), URI.class);
        leaf(() -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), Instant.class);
        leaf(() -> Duration.ofNanos(random.nextLong()), Duration.class);
        leaf(this::date, LocalDate.class);
        leaf(() -> date().atTime(1, 2, 3, random.nextInt(1_000)), LocalDateTime.class);
        leaf(() -> ZonedDateTime.of(date(), java.time.LocalTime.NOON, zone()), ZonedDateTime.class);
        leaf(this::zone, ZoneId.class);
        leaf(() -> pick(Locale.GERMANY, Locale.ROOT, Locale.TRADITIONAL_CHINESE), Locale.class);
        leaf(() -> Currency.getInstance("EUR"), Currency.class);
        leaf(() -> BitSet.valueOf(new long[] {random.nextLong()}), BitSet.class);
        leaf(() -> new AtomicInteger(random.nextInt()), AtomicInteger.class);
        leaf(() -> pick(1, 1L, "text", 1.5, List.of(1), Map.of("a", 1), new UUID(1, 2)), Object.class);
        leaf(() -> pick("a", 1, 1L), Comparable.class);
    }

    private void leaf(Supplier<Object> values, Type... types) {
        for (Type type : types) {
            leaves.put(type, values);
        }
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(2_000_000) - 1_000_000);
    }

    private ZoneId zone() {
        return ZoneId.of(pick("Europe/Berlin", "UTC", "+02:00", "Z"));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Gives each field of the object and of its generated superclasses a value. */
    <T> T fill(T object) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); isGenerated(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                Object value = value(field.getGenericType());
                if (value != null || !field.getType().isPrimitive()) {
                    field.set(object, value);
                }
            }
        }
        return object;
    }

    static boolean isGenerated(Class<?> type) {
        return type.getPackageName().isEmpty();
    }

    /** Never null for an Optional: Jackson reads it as an empty one. */
    private @Nullable Object value(Type type) throws ReflectiveOperationException {
        boolean optional = type instanceof ParameterizedType of && of.getRawType() == Optional.class;
        return !optional && random.nextInt(8) == 0 ? null : present(type);
    }

    private Object present(Type type) throws ReflectiveOperationException {
        Supplier<Object> leaf = leaves.get(
                type instanceof ParameterizedType of && of.getRawType() == Comparable.class ? Comparable.class : type);
        if (leaf != null) {
            return leaf.get();
        }
        if (type instanceof ParameterizedType container) {
            return container((Class<?>) container.getRawType(), container.getActualTypeArguments());
        }
        Class<?> raw = type instanceof Class<?> plain ? plain : Object[].class;
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), random.nextInt(3));
            for (int i = 0; i < Array.getLength(array); i++) {
                Array.set(array, i, value(raw.getComponentType()));
            }
            return array;
        }
        return raw.isEnum() ? pick(raw.getEnumConstants()) : instance(raw);
    }

    private Object instance(Class<?> declared) throws ReflectiveOperationException {
        List<Class<?>> types = new ArrayList<>(List.of(declared.getNestHost().getDeclaredClasses()));
        types.removeIf(type -> type.isInterface() || !declared.isAssignableFrom(type));
        Class<?> type = types.get(random.nextInt(types.size()));
        if (!type.isRecord()) {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return fill(constructor.newInstance());
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < arguments.length; i++) {
            Object value = value(components[i].getGenericType());
            arguments[i] =
                    value == null && components[i].getType().isPrimitive() ? present(components[i].getType()) : value;
        }
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
    }

    private Object container(Class<?> raw, Type[] of) throws ReflectiveOperationException {
        if (raw == Optional.class) {
            return Optional.ofNullable(value(of[0]));
        }
        if (Map.class.isAssignableFrom(raw)) {
            Map<Object, Object> map = raw == TreeMap.class ? new TreeMap<>() : new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                map.put(present(of[0]), value(of[1]));
            }
            return map;
        }
        Collection<Object> elements =
                raw == Set.class ? new LinkedHashSet<>() : raw == Deque.class ? new ArrayDeque<>() : new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            elements.add(raw == Deque.class ? present(of[0]) : value(of[0]));
        }
        return elements;
    }

    /** Whether both have the same content and, of generated classes, the same class; independent of the codec's own proof. */
    static boolean same(@Nullable Object one, @Nullable Object other) throws ReflectiveOperationException {
        if (one == null || other == null) {
            return one == other;
        }
        if (one instanceof Map<?, ?> map) {
            return other instanceof Map<?, ?> others && sameUnordered(map.entrySet(), others.entrySet());
        }
        if (one instanceof Map.Entry<?, ?> entry) {
            return other instanceof Map.Entry<?, ?> to
                    && same(entry.getKey(), to.getKey())
                    && same(entry.getValue(), to.getValue());
        }
        if (one instanceof Set<?> set) {
            return other instanceof Set<?> others && sameUnordered(set, others);
        }
        if (one instanceof Collection<?> list) {
            return other instanceof Collection<?> others && sameOrdered(list.toArray(), others.toArray());
        }
        if (one instanceof Optional<?> optional) {
            return other instanceof Optional<?> to && same(optional.orElse(null), to.orElse(null));
        }
        if (one instanceof Object[] array) {
            return one.getClass() == other.getClass() && sameOrdered(array, (Object[]) other);
        }
        if (one instanceof AtomicInteger number) {
            return other instanceof AtomicInteger to && number.get() == to.get();
        }
        if (isGenerated(one.getClass()) && !(one instanceof Enum<?>)) {
            return sameFields(one, other);
        }
        return Arrays.deepEquals(new Object[] {one}, new Object[] {other});
    }

    private static boolean sameFields(Object one, Object other) throws ReflectiveOperationException {
        boolean same = one.getClass() == other.getClass();
        for (Class<?> type = one.getClass(); same && isGenerated(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                field.setAccessible(true);
                same &= same(field.get(one), field.get(other));
            }
        }
        return same;
    }

    private static boolean sameOrdered(Object[] one, Object[] other) throws ReflectiveOperationException {
        boolean same = one.length == other.length;
        for (int i = 0; same && i < one.length; i++) {
            same = same(one[i], other[i]);
        }
        return same;
    }

    private static boolean sameUnordered(Collection<?> one, Collection<?> other) throws ReflectiveOperationException {
        List<Object> left = new ArrayList<>(other);
        for (Object each : one) {
            Object found = null;
            boolean isFound = false;
            for (Object candidate : left) {
                if (!isFound && same(each, candidate)) {
                    found = candidate;
                    isFound = true;
                }
            }
            if (!isFound) {
                return false;
            }
            Object match = found;
            left.remove(indexOf(left, match));
        }
        return left.isEmpty();
    }

    private static int indexOf(List<Object> list, @Nullable Object element) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == element) {
                return i;
            }
        }
        return -1;
    }
}
