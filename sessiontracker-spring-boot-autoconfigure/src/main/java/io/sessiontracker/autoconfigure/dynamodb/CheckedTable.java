package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.dynamodb.DynamoDbTable;

/** A table that was found to be usable, or was created: once for sessions and locks. */
record CheckedTable(DynamoDbTable table) {}
