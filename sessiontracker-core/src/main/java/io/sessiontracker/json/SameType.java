package io.sessiontracker.json;

import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.util.ClassUtil;

/**
 * Decides which types count as the same: the same class; for a property that is declared as {@code List}, {@code Set}, {@code Map} or
 * the like, another implementation with the same content; for other JDK classes, an equal object.
 */
final class SameType {

    private SameType() {}

    static void require(JavaType declared, Object before, Object after, PropertyPath path) {
        if (!isSame(before, after)) {
            throw new RefusedStateException("%s holds a %s, which would come back as a %s: %s"
                    .formatted(path, name(before), name(after), wayOut(declared, before)));
        }
        if (!Object.class.equals(declared.getRawClass())) {
            requireSameOrder(before, after, path);
        }
    }

    private static boolean isSame(Object before, Object after) {
        if (before.getClass() == after.getClass()) {
            return true;
        }
        if (before instanceof Enum<?> constant && after instanceof Enum<?> copy) {
            return constant.getDeclaringClass() == copy.getDeclaringClass();
        }
        if (StateFields.isContainerWithState(before.getClass())) {
            return false;
        }
        if (before instanceof Map) {
            return after instanceof Map;
        }
        if (before instanceof Collection) {
            return after instanceof Collection && isSameKind(before, after);
        }
        return ClassUtil.isJDKClass(before.getClass()) && before.equals(after) && after.equals(before);
    }

    private static boolean isSameKind(Object before, Object after) {
        if (before instanceof List) {
            return after instanceof List;
        }
        if (before instanceof Set) {
            return after instanceof Set;
        }
        return before instanceof Deque ? after instanceof Deque : !(before instanceof Queue);
    }

    /** A comparator is code and is not stored. */
    private static void requireSameOrder(Object before, Object after, PropertyPath path) {
        Comparator<?> comparator = comparator(before);
        if (comparator != null
                && comparator(after) == null
                && isSorted(after)
                && !comparator.equals(Comparator.naturalOrder())) {
            throw new RefusedStateException(
                    "%s is sorted by a comparator of its own, which would not come back: sort where it is read"
                            .formatted(path));
        }
    }

    private static boolean isSorted(Object container) {
        return container instanceof SortedMap || container instanceof SortedSet || container instanceof Queue;
    }

    private static @Nullable Comparator<?> comparator(Object container) {
        if (container instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        if (container instanceof SortedSet<?> set) {
            return set.comparator();
        }
        return container instanceof java.util.PriorityQueue<?> queue ? queue.comparator() : null;
    }

    private static String name(Object value) {
        return value.getClass().getTypeName();
    }

    private static String wayOut(JavaType declared, Object value) {
        Class<?> type = declared.getRawClass();
        if (ClassUtil.isJDKClass(type) && ClassUtil.isJDKClass(value.getClass())) {
            return "declare its type, which JSON alone does not determine";
        }
        if (value instanceof Collection || value instanceof Map) {
            return "hold the collection in a field of a class, beside what else there is";
        }
        return Modifier.isFinal(value.getClass().getModifiers()) && ClassUtil.isJDKClass(type)
                ? "declare the property as a " + name(value)
                : "declare the property as a %s, or let %s say with @JsonTypeInfo which of its classes it is"
                        .formatted(name(value), ClassUtil.isJDKClass(type) ? "a type of yours" : type.getTypeName());
    }
}
