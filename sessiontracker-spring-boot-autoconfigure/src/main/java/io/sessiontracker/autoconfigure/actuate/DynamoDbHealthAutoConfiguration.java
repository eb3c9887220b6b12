package io.sessiontracker.autoconfigure.actuate;

import io.sessiontracker.autoconfigure.SessionTrackerAutoConfiguration;
import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health of the table of sessions and locks. Spring Boot has one for Redis and databases only. */
@AutoConfiguration(after = SessionTrackerAutoConfiguration.class)
@ConditionalOnClass({ConditionalOnEnabledHealthIndicator.class, DynamoDbTable.class})
@ConditionalOnEnabledHealthIndicator("dynamodb")
@ConditionalOnBean(DynamoDbTable.class)
public final class DynamoDbHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"dynamoDbHealthIndicator", "dynamoDbHealthContributor"})
    HealthIndicator dynamoDbHealthContributor(DynamoDbTable table) {
        return new TableHealth(table);
    }
}
