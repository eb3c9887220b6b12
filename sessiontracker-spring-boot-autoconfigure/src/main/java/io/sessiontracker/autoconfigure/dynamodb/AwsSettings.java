package io.sessiontracker.autoconfigure.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/** What the application says of its AWS clients and tables in general. The settings of the store come after it. */
interface AwsSettings {

    /** Sets what is known of region, credentials and endpoint. */
    void configure(DynamoDbAsyncClientBuilder builder);

    /** Lets the application change the client; it has the last word. */
    void customize(DynamoDbAsyncClientBuilder builder);

    /** Returns the full name of a table. */
    String tableName(String name);
}
