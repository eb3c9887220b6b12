package io.sessiontracker.benchmarks.contestant;

/** How much state a session has. */
public enum Payload {
    SMALL("0.5 KB", 6),
    LARGE("16 KB", 240);

    private final String title;
    private final int lines;

    Payload(String title, int lines) {
        this.title = title;
        this.lines = lines;
    }

    /** Its JSON's size in words. */
    public String title() {
        return title;
    }

    /** A cart of that size. */
    public Cart cart() {
        return Cart.of(lines);
    }
}
