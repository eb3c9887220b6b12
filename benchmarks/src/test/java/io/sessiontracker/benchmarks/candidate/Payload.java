package io.sessiontracker.benchmarks.candidate;

/** The size of a session's state. */
public enum Payload {
    SMALL("0.5 KB", 6),
    LARGE("16 KB", 240),
    HUGE("50 KB", 750);

    private final String title;
    private final int lines;

    Payload(String title, int lines) {
        this.title = title;
        this.lines = lines;
    }

    /** Returns the size as shown in the report. */
    public String title() {
        return title;
    }

    /** Returns a cart of that size. */
    public Cart cart() {
        return Cart.of(lines);
    }
}
