package io.sessiontracker.sample.readme;

import javax.sql.DataSource;

import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.SqlDialect;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;

/** An application with several data sources. */
class SessionDatabase {

    @Bean
    JdbcDatabase sessionTrackerDatabase(@Qualifier("sessionsDataSource") DataSource dataSource) {
        return new JdbcDatabase(dataSource, SqlDialect.of("postgresql"), "SESSION_TRACKER_");
    }
}
