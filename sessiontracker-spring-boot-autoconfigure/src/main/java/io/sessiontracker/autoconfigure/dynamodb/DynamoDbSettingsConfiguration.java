package io.sessiontracker.autoconfigure.dynamodb;

import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of the DynamoDB store. They are known with any store, as in a test that has its sessions in memory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DynamoDbTable.class)
@EnableConfigurationProperties(DynamoDbStoreProperties.class)
public class DynamoDbSettingsConfiguration {}
