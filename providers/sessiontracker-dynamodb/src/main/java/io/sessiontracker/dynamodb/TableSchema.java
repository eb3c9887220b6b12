package io.sessiontracker.dynamodb;

import java.util.List;

import io.sessiontracker.spi.state.IndexEntry.Index;

/** The names in the table. All keys of the table and of its indexes are strings; the indexes have keys only. */
final class TableSchema {

    /** The partition key: the namespace, the type and the key of a session. */
    static final String PARTITION = "pk";

    /** The sort key: which of the items of a partition. */
    static final String SORT = "sk";

    /** When DynamoDB may delete an item, seconds since the epoch. */
    static final String TTL = "ttl";

    /** Running and finished sessions by start. */
    static final SecondaryIndex BY_START = new SecondaryIndex("by-start", "start_pk", "start_sk");

    /** Running and finished sessions by deadline. */
    static final SecondaryIndex BY_DEADLINE = new SecondaryIndex("by-deadline", "deadline_pk", "deadline_sk");

    /** Keys whose claims end, or whose records can be removed, by that moment. */
    static final SecondaryIndex BY_MOMENT = new SecondaryIndex("by-moment", "moment_pk", "moment_sk");

    static final List<SecondaryIndex> INDEXES = List.of(BY_START, BY_DEADLINE, BY_MOMENT);

    /** A global secondary index: it has the items that have both attributes. */
    record SecondaryIndex(String name, String partition, String sort) {}

    private TableSchema() {}

    /** Returns where the entries of an index are; those by property and of reminders are items of the table itself. */
    static SecondaryIndex index(Index index) {
        return switch (index) {
            case RUNNING, FINISHED -> BY_START;
            case RUNNING_DEADLINE, FINISHED_DEADLINE -> BY_DEADLINE;
            case CLAIM, CLEAN_UP -> BY_MOMENT;
            case RUNNING_PROPERTY, FINISHED_PROPERTY, REMINDER ->
                throw new IllegalArgumentException(index + " has items of its own");
        };
    }
}
