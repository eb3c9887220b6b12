package io.sessiontracker.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.LockSettings;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.engine.SessionTrackerSettings;
import io.sessiontracker.engine.SessionTypeSettings;
import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.jdbc.JoiningShop.Cart;
import io.sessiontracker.json.JacksonSessionCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A user who may read and write the rows of the tables, and nothing else, is enough. The MariaDB of tests knows no rights. */
class DatabaseRightsTest {

    private static final List<String> TABLES = List.of("SESSION", "FINISHED", "EXPIRED", "PROPERTY", "LOCK", "VERSION");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SessionTypeSettings KEPT = new SessionTypeSettings(
            SessionEntryOptions.sliding(HOUR),
            HOUR,
            SessionEntryOptions.sliding(HOUR),
            LockSettings.BUILT_IN,
            Set.of("tenant"));

    private final String user = "shop_" + UUID.randomUUID().toString().substring(0, 8);

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "POSTGRESQL_OLDEST"})
    void shouldNeedNoMoreThanTheRowsOfItsTables(TestDatabase kind) throws SQLException {
        DataSource administrators = kind.database().dataSource();
        createUser(JdbcClient.create(administrators));
        String url = administrators.unwrap(HikariDataSource.class).getJdbcUrl();
        try (HikariDataSource restricted =
                TestDatabase.pool(url.replace("user=postgres", "user=" + user), user, 5, 10_000)) {
            use(JdbcDatabase.of(restricted));

            assertThatExceptionOfType(DataAccessException.class)
                    .as("it has no other right")
                    .isThrownBy(() -> JdbcClient.create(restricted)
                            .sql("DROP TABLE SESSION_TRACKER_VERSION")
                            .update());
        }
    }

    private void createUser(JdbcClient administrator) {
        administrator.sql("CREATE ROLE %s LOGIN".formatted(user)).update();
        for (String table : TABLES) {
            administrator
                    .sql("GRANT SELECT, INSERT, UPDATE, DELETE ON SESSION_TRACKER_%s TO %s".formatted(table, user))
                    .update();
        }
    }

    /** Does what a tracker can do. */
    private static void use(JdbcDatabase database) {
        String namespace = "rights:" + UUID.randomUUID();
        List<String> events = new CopyOnWriteArrayList<>();
        try (JdbcSessionLockProvider locks = new JdbcSessionLockProvider(database, namespace);
                ClosableSessionTracker tracker = new SessionTrackerBuilder(
                                new JdbcSessionDataProvider(database, namespace), locks, new JacksonSessionCodec())
                        .settings(new SessionTrackerSettings(KEPT, Map.of()))
                        .listener(recording(events))
                        .types(List.of(Cart.class))
                        .buildIdle()) {
            Cart cart = new Cart("a");
            cart.getProperties().put("tenant", "x");
            cart.remind("soon", Duration.ofMillis(1));
            tracker.start(cart).orElseThrow();
            tracker.start(new Cart("b"), SessionEntryOptions.absolute(Duration.ofMillis(1)))
                    .orElseThrow();
            tracker.modify(Cart.class, "a", changed -> changed.articles++).orElseThrow();
            tracker.get(Cart.class, "a").orElseThrow();
            assertThat(tracker.getAll(Cart.class, List.of("a"))).hasSize(1);
            assertThat(tracker.query(Cart.class).where("tenant is 'x'").newestFirst().stream())
                    .hasSize(1);
            tracker.getLocked(Cart.class, "a").orElseThrow().close();
            await().until(() -> {
                tracker.expireSessions();
                return events.containsAll(List.of("SessionExpired", "SessionReminder"));
            });
            tracker.finish(Cart.class, "a").orElseThrow();
            tracker.getFinished(Cart.class, "a").orElseThrow();
            tracker.resume(Cart.class, "a").orElseThrow();
            tracker.expire(Cart.class, "a", SessionEntryOptions.none()).orElseThrow();
            tracker.delete(Cart.class, "a").orElseThrow();
            assertThat(tracker.count(Cart.class)).isZero();
        }
    }

    private static SessionListener recording(List<String> events) {
        return new SessionListener() {
            @Override
            public void onEvent(SessionEvent<?> event) {
                events.add(event.getClass().getSimpleName());
            }
        };
    }
}
