package io.sessiontracker.benchmarks.candidate;

import java.util.ArrayList;
import java.util.List;

/** The state that every candidate stores, as JSON. */
public record Cart(String customer, List<Line> lines) {

    static final Cart EMPTY = new Cart("", List.of());

    /** An article. */
    public record Line(String article, String title, int quantity, int cents) {}

    static Cart of(int size) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            lines.add(new Line("tea-%04d".formatted(i), "Earl Grey", 1, 1290));
        }
        return new Cart("Ada Lovelace", lines);
    }

    /** Returns a copy with another quantity of the first article, from 1 to 9, whose JSON is as long as before. */
    Cart withQuantity(int quantity) {
        List<Line> changed = new ArrayList<>(lines);
        Line first = lines.get(0);
        changed.set(0, new Line(first.article(), first.title(), quantity, first.cents()));
        return new Cart(customer, changed);
    }
}
