package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.jdbc.JdbcDatabase;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DatabaseInitializationProperties;
import org.springframework.context.annotation.Configuration;

/** The settings of the JDBC store. They are known with any store, as in a test that has its sessions in memory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({JdbcDatabase.class, DatabaseInitializationProperties.class})
@EnableConfigurationProperties(JdbcStoreProperties.class)
public class JdbcSettingsConfiguration {}
