package io.sessiontracker.autoconfigure.dynamodb;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.dynamodb.DynamoDbProperties;
import io.sessiontracker.autoconfigure.settings.ConditionalOnUseOf;
import io.sessiontracker.autoconfigure.settings.OnLockProviderCondition;
import io.sessiontracker.dynamodb.DynamoDbTable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

/** Where region, credentials and endpoint of AWS come from: Spring Cloud AWS, or else the SDK. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(DynamoDbTable.class)
@ConditionalOnUseOf(OnLockProviderCondition.DYNAMODB)
public class AwsSettingsConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AwsClientBuilderConfigurer.class)
    @ConditionalOnBean(AwsClientBuilderConfigurer.class)
    @EnableConfigurationProperties(DynamoDbProperties.class)
    static class SpringCloudAws {

        @Bean
        AwsSettings sessionTrackerAwsSettings(
                AwsClientBuilderConfigurer configurer,
                DynamoDbProperties properties,
                ObjectProvider<AwsConnectionDetails> connection,
                ObjectProvider<AwsAsyncClientCustomizer> customizers) {
            return new SpringCloudAwsSettings(configurer, properties, connection, customizers);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(type = "io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer")
    static class Sdk {

        @Bean
        AwsSettings sessionTrackerAwsSettings(
                ObjectProvider<AwsCredentialsProvider> credentials, ObjectProvider<AwsRegionProvider> regions) {
            return new SdkSettings(credentials, regions);
        }
    }
}
