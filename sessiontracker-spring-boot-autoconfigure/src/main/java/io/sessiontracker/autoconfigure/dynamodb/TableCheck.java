package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.dynamodb.DynamoDbTable;
import io.sessiontracker.dynamodb.DynamoDbTableSetup;

/** Refuses to start without a table that has the keys and indexes of this release, and says what to do. */
final class TableCheck {

    private static final String PREFIX = DynamoDbStoreProperties.PREFIX;

    private TableCheck() {}

    /** Checks the table, or creates a missing one if the settings say so. */
    static void verify(DynamoDbTable table, DynamoDbStoreProperties properties) {
        DynamoDbTableSetup setup = new DynamoDbTableSetup(table);
        try {
            if (properties.createTable()) {
                setup.create();
            } else {
                setup.check();
            }
        } catch (IllegalStateException unusable) {
            throw new ConfigurationFailure(
                    "Sessions or locks are to be kept in DynamoDB. " + unusable.getMessage() + ".",
                    properties.createTable()
                            ? "Correct the table as docs/dynamodb.md shows, or set " + PREFIX
                                    + ".table to another name: a table that is there is not changed."
                            : "Set " + PREFIX
                                    + ".create-table=true to create a missing table, or create or correct it as"
                                    + " docs/dynamodb.md shows. If it is there, correct " + PREFIX
                                    + ".table and region.");
        } catch (SessionStoreException failed) {
            throw new ConfigurationFailure(
                    "Sessions or locks are to be kept in DynamoDB, and its table cannot be checked: "
                            + failed.getMessage(),
                    "Correct table, region, endpoint and credentials, which are " + PREFIX
                            + ".* or those of Spring Cloud AWS or of"
                            + " the AWS SDK. docs/dynamodb.md has the policy that the credentials need.");
        }
    }
}
