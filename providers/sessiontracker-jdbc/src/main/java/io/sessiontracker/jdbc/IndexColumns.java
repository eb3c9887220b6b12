package io.sessiontracker.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;

/**
 * Where an ordered index is: in columns of a session's row, of which a key has one entry at the most, or in the table of properties.
 *
 * @param table its table
 * @param group the columns that say which group an entry is in
 * @param order the columns by which a group is ordered, but the key, which comes last
 */
record IndexColumns(String table, List<String> group, List<String> order) {

    private static final int MAX_NAME = 255;
    private static final int MAX_NAMES = 1000;

    static IndexColumns of(Index index) {
        return switch (index) {
            case RUNNING -> new IndexColumns("SESSION", List.of("running_group"), List.of("bucket", "running_start"));
            case FINISHED ->
                new IndexColumns("SESSION", List.of("finished_group"), List.of("bucket", "finished_start"));
            case RUNNING_PROPERTY, FINISHED_PROPERTY ->
                new IndexColumns(
                        "PROPERTY", List.of("finished", "property", "property_value"), List.of("bucket", "started_at"));
            case RUNNING_DEADLINE -> new IndexColumns("SESSION", List.of(), List.of("running_deadline"));
            case FINISHED_DEADLINE -> new IndexColumns("SESSION", List.of(), List.of("finished_deadline"));
            case CLAIM -> new IndexColumns("SESSION", List.of(), List.of("claim_at"));
            case REMINDER -> new IndexColumns("SESSION", List.of(), List.of("reminder_at"));
            case CLEAN_UP -> new IndexColumns("SESSION", List.of(), List.of("clean_up_at"));
        };
    }

    static boolean isProperty(Index index) {
        return index == Index.RUNNING_PROPERTY || index == Index.FINISHED_PROPERTY;
    }

    /** Returns whether an index by start is one of finished sessions. */
    static boolean isFinished(Index index) {
        return index == Index.FINISHED || index == Index.FINISHED_PROPERTY;
    }

    /** Returns the column of a start, a deadline or another moment. */
    String moment() {
        return order.get(order.size() - 1);
    }

    boolean isByBucket() {
        return order.size() > 1;
    }

    /** Returns the values of {@link #group}. */
    List<Object> groupValues(Index index, Group group) {
        return switch (index) {
            case RUNNING, FINISHED -> List.of(group.value());
            case RUNNING_PROPERTY, FINISHED_PROPERTY ->
                List.of(isFinished(index) ? 1 : 0, property(group), bytes(group.value()));
            default -> List.of();
        };
    }

    /** Returns the columns that give entries an order in their group, the key last; the moment comes first for the newest. */
    List<String> order(boolean newestFirst) {
        List<String> columns = new ArrayList<>(order);
        if (newestFirst) {
            Collections.reverse(columns);
        }
        columns.add("session_key");
        return columns;
    }

    /** Returns an entry's values of these columns. */
    List<Object> position(IndexEntry entry, boolean newestFirst) {
        List<Object> values = new ArrayList<>();
        if (isByBucket()) {
            values.add(entry.bucket());
        }
        values.add(newestFirst ? 0 : values.size(), entry.at());
        values.add(bytes(entry.key()));
        return values;
    }

    /**
     * Returns what a group's names are stored as. MariaDB would cut longer ones and say nothing, as {@code INSERT IGNORE} does.
     *
     * @throws IllegalArgumentException if they do not fit into the column
     */
    static String names(Group group) {
        requireFit(group.value(), MAX_NAMES, "The names of a type's indexed properties have together");
        return group.value();
    }

    private static byte[] property(Group group) {
        requireFit(group.property(), MAX_NAME, "The name of an indexed property has");
        return bytes(group.property());
    }

    private static void requireFit(String text, int maxBytes, String what) {
        int length = bytes(text).length;
        if (length > maxBytes) {
            throw new IllegalArgumentException(
                    "%s at most %d bytes in a database; these are %d".formatted(what, maxBytes, length));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
