package io.sessiontracker.sample.readme;

import java.time.Duration;

import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** An application with several clients of DynamoDB. */
class SessionTable {

    @Bean
    DynamoDbTable sessionTrackerTable(@Qualifier("sessionsClient") DynamoDbAsyncClient client) {
        return new DynamoDbTable(client, "shop-sessions", Duration.ofSeconds(3));
    }
}
