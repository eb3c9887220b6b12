package io.sessiontracker.autoconfigure.jdbc;

import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.autoconfigure.Applications;
import io.sessiontracker.autoconfigure.sessions.known.CheckoutSession;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSessionDataProvider;
import io.sessiontracker.jdbc.JdbcSessionLockProvider;
import io.sessiontracker.memory.InMemorySessionDataProvider;
import io.sessiontracker.memory.InMemorySessionLockProvider;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class JdbcConfigurationTest {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";

    private ApplicationContextRunner jdbc(String... properties) {
        return Applications.bare()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class, DataSourceInitializationAutoConfiguration.class))
                .withPropertyValues("session-tracker.store=jdbc", "spring.datasource.url=" + url)
                .withPropertyValues(properties);
    }

    @Test
    void shouldKeepSessionsAndLocksInADatabase() {
        jdbc().run(context -> {
            assertThat(context).hasSingleBean(JdbcSessionDataProvider.class);
            assertThat(context).hasSingleBean(JdbcSessionLockProvider.class);
            assertThat(rows(context.getBean(DataSource.class), "SESSION_TRACKER_SESSION"))
                    .isZero();
            context.getBean(SessionTracker.class)
                    .start(new CheckoutSession("order-1"))
                    .orElseThrow();
            assertThat(rows(context.getBean(DataSource.class), "SESSION_TRACKER_SESSION"))
                    .isOne();
        });
    }

    @Test
    void shouldNotNeedRedis() {
        jdbc().withClassLoader(new FilteredClassLoader("org.springframework.data.redis", "io.lettuce", "org.redisson"))
                .run(context -> assertThat(context).hasSingleBean(JdbcSessionDataProvider.class));
    }

    @Test
    void shouldPrefixTables() {
        jdbc("session-tracker.jdbc.table-prefix=shop_").run(context -> {
            context.getBean(SessionTracker.class)
                    .start(new CheckoutSession("order-1"))
                    .orElseThrow();
            assertThat(rows(context.getBean(DataSource.class), "SHOP_SESSION")).isOne();
        });
    }

    @Test
    void shouldPrefixTablesWithASchema() {
        jdbc("session-tracker.jdbc.table-prefix=PUBLIC.shop_").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(rows(context.getBean(DataSource.class), "PUBLIC.SHOP_LOCK"))
                    .isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "session-tracker.jdbc.table-prefix=a-b",
                "session-tracker.jdbc.table-prefix=",
                "session-tracker.jdbc.platform=oracle"
            })
    void shouldRefuseImpossibleSettings(String property) {
        jdbc("session-tracker.jdbc.initialize-schema=never", property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("Sessions cannot be kept in this database"));
    }

    @Test
    void shouldWarnOnlyOfNamesThatNothingReads(CapturedOutput output) {
        jdbc(
                        "session-tracker.jdbc.initialize-schema=always",
                        "session-tracker.jdbc.table-prefixx=a",
                        "session-tracker.a=b")
                .run(
                        context -> assertThat(output)
                                .contains(
                                        "nothing reads; are their names right? [session-tracker.a, session-tracker.jdbc.table-prefixx]"));
    }

    /** As in a test that has its sessions in memory. */
    @Test
    void shouldKnowItsSettingsWithAnotherStore(CapturedOutput output) {
        jdbc("session-tracker.store=memory", "session-tracker.jdbc.initialize-schema=always")
                .run(context -> assertThat(output).doesNotContain("nothing reads"));
    }

    @Test
    void shouldBeSuggestedWithoutRedis() {
        jdbc("session-tracker.store=redis")
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.data.redis", "io.lettuce", "org.redisson"))
                .run(context -> assertThat(failure(context).action()).startsWith("Set session-tracker.store=jdbc"));
    }

    @Test
    void shouldStartAgainOnItsTables() {
        jdbc().run(context -> assertThat(context).hasNotFailed());
        jdbc("session-tracker.jdbc.initialize-schema=always")
                .run(context -> assertThat(context).hasNotFailed());
        jdbc("session-tracker.jdbc.initialize-schema=never")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldRefuseToStartWithoutTables() {
        jdbc("session-tracker.jdbc.initialize-schema=never").run(context -> {
            ConfigurationFailure failure = failure(context);
            assertThat(failure).hasMessageContaining("no readable table SESSION_TRACKER_VERSION (Table ");
            assertThat(failure.action()).startsWith("Set session-tracker.jdbc.initialize-schema=always, or run ");
        });
    }

    /** With the setting that would create them. */
    @ParameterizedTest
    @ValueSource(strings = {"", "session-tracker.jdbc.platform=h2"})
    void shouldSayWhyTablesCannotBeCreated(String property) {
        JdbcClient admin = JdbcClient.create(new DriverManagerDataSource(url, "sa", ""));
        admin.sql("CREATE USER guest PASSWORD 'guest'").update();
        jdbc(
                        "spring.datasource.url=" + url.substring(0, url.indexOf(';')),
                        "spring.datasource.username=guest",
                        "spring.datasource.password=guest",
                        "session-tracker.jdbc.initialize-schema=always",
                        property)
                .run(context -> {
                    ConfigurationFailure failure = failure(context);
                    assertThat(failure)
                            .hasMessageContaining("The script that creates tables failed: Not enough rights");
                    assertThat(failure.action())
                            .startsWith("Let the user create tables")
                            .doesNotContain("=always");
                });
    }

    @Test
    void shouldSayThatTheDatabaseCannotBeReached() {
        jdbc("spring.datasource.url=jdbc:h2:tcp://127.0.0.1:1/none", "spring.datasource.hikari.connection-timeout=250")
                .run(context -> {
                    ConfigurationFailure failure = failure(context);
                    assertThat(failure).hasMessageContaining("cannot be reached: Connection refused");
                    assertThat(failure.action()).contains("spring.datasource.*");
                });
    }

    private static ConfigurationFailure failure(AssertableApplicationContext context) {
        return (ConfigurationFailure)
                NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(context.getStartupFailure()));
    }

    @Test
    void shouldRefuseTablesOfAnotherRelease() {
        jdbc().run(context -> JdbcClient.create(context.getBean(DataSource.class))
                .sql("UPDATE SESSION_TRACKER_VERSION SET version = 7")
                .update());
        jdbc("session-tracker.jdbc.initialize-schema=always").run(context -> {
            ConfigurationFailure failure = failure(context);
            assertThat(failure).hasMessageContaining("has version 7; this release works with version 1");
            assertThat(failure.action()).contains("CHANGELOG.md");
        });
    }

    @Test
    void shouldRunTheScriptThatIsSet() {
        jdbc("session-tracker.jdbc.schema=classpath:io/sessiontracker/jdbc/schema-h2.sql")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** Flyway and Liquibase are ordered in the same way. */
    @Test
    void shouldWaitForTheScriptsOfTheApplication() {
        jdbc(
                        "session-tracker.jdbc.initialize-schema=never",
                        "spring.sql.init.schema-locations=classpath:io/sessiontracker/jdbc/schema-h2.sql")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void shouldStoreApartFromTheCallersTransaction() {
        jdbc().run(context -> assertThat(isStoredAfterARollback(context)).isTrue());
    }

    @Test
    void shouldJoinTheCallersTransaction() {
        jdbc("session-tracker.jdbc.transaction=join")
                .run(context -> assertThat(isStoredAfterARollback(context)).isFalse());
    }

    @Test
    void shouldJoinTheCallersTransactionInADatabaseOfTheApplication() {
        jdbc().run(context -> assertThat(context).hasNotFailed());
        jdbc("session-tracker.jdbc.transaction=join")
                .withBean(
                        "sessions",
                        JdbcDatabase.class,
                        () -> JdbcDatabase.of(new DriverManagerDataSource(url, "sa", "")))
                .run(context -> {
                    assertThat(context).doesNotHaveBean(JdbcSchemaInitializer.class);
                    assertThat(isStoredAfterARollback(context)).isFalse();
                });
    }

    private static boolean isStoredAfterARollback(ApplicationContext context) {
        SessionTracker tracker = context.getBean(SessionTracker.class);
        DataSource dataSource = context.getBean(JdbcDatabase.class).dataSource();
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> {
            tracker.start(new CheckoutSession("order-1")).orElseThrow();
            status.setRollbackOnly();
        });
        return tracker.peek(CheckoutSession.class, "order-1").isSuccess();
    }

    @Test
    void shouldTakeLocksFromElsewhere() {
        jdbc("session-tracker.lock.provider=memory").run(context -> {
            assertThat(context).hasSingleBean(SessionLockProvider.class);
            assertThat(context).hasSingleBean(InMemorySessionLockProvider.class);
        });
    }

    @Test
    void shouldLockInADatabaseForOtherStores() {
        jdbc("session-tracker.store=memory", "session-tracker.lock.provider=jdbc")
                .run(context -> {
                    assertThat(context).hasSingleBean(JdbcSessionLockProvider.class);
                    assertThat(context).hasSingleBean(InMemorySessionDataProvider.class);
                });
    }

    @Test
    void shouldLeaveTheDatabaseAloneForOtherStores() {
        jdbc("session-tracker.store=memory")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(JdbcDatabase.class)
                        .doesNotHaveBean(JdbcSchemaInitializer.class));
    }

    @Test
    void shouldBackOffFromBeansOfTheApplication() {
        SessionDataProvider own = new InMemorySessionDataProvider();
        jdbc().withBean(SessionDataProvider.class, () -> own)
                .run(context ->
                        assertThat(context).getBean(SessionDataProvider.class).isSameAs(own));
    }

    private static long rows(DataSource dataSource, String table) {
        return JdbcClient.create(dataSource)
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
