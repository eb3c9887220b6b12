package io.sessiontracker.filter;

import java.util.Locale;
import java.util.function.IntPredicate;

/** How a property is compared with a number or an instant. */
public enum Comparison {
    /** Less, or earlier. */
    LT(order -> order < 0),
    /** Less or equal, or not later. */
    LE(order -> order <= 0),
    /** Greater, or later. */
    GT(order -> order > 0),
    /** Greater or equal, or not earlier. */
    GE(order -> order >= 0);

    private final IntPredicate condition;

    Comparison(IntPredicate condition) {
        this.condition = condition;
    }

    /** Returns the operator of the filter language. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    <T extends Comparable<T>> boolean holds(T value, T bound) {
        return condition.test(value.compareTo(bound));
    }
}
