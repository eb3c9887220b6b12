package io.sessiontracker.autoconfigure.dynamodb;

import java.net.URI;
import java.time.Duration;

import io.sessiontracker.autoconfigure.settings.SessionTrackerProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the DynamoDB store. Endpoint, region and credentials are for the client that is created if the application has
 * none.
 *
 * @param table The table of sessions and locks: its name, or its ARN. A prefix and a suffix that Spring Cloud AWS has for
 *     tables are added to a name.
 * @param createTable Whether to create the table at start-up if it is missing, billed per request.
 * @param timeout How long a call may take, the client's retries included.
 * @param endpoint Where the service is, such as http://localhost:8000 for DynamoDB Local. Default is the region's.
 * @param region The region of the table. Default is what Spring Cloud AWS or the AWS SDK finds.
 * @param accessKey The access key, together with the secret key. Default is what Spring Cloud AWS or the AWS SDK finds.
 * @param secretKey The secret key, together with the access key.
 */
@ConfigurationProperties(DynamoDbStoreProperties.PREFIX)
public record DynamoDbStoreProperties(
        @DefaultValue("session-tracker") String table,
        @DefaultValue("false") boolean createTable,
        @DefaultValue("5s") Duration timeout,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable String accessKey,
        @Nullable String secretKey) {

    /** What these settings begin with. */
    static final String PREFIX = SessionTrackerProperties.PREFIX + ".dynamodb";

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "%s[table=%s, createTable=%s, timeout=%s, endpoint=%s, region=%s]"
                .formatted(PREFIX, table, createTable, timeout, endpoint, region);
    }
}
