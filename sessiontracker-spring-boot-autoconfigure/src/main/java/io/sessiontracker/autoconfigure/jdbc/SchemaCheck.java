package io.sessiontracker.autoconfigure.jdbc;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.autoconfigure.settings.ConfigurationFailure;
import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.NestedExceptionUtils;

/** Refuses to start without a database that has the tables of this release, and says what to do. */
final class SchemaCheck {

    private SchemaCheck() {}

    static void verify(JdbcDatabase database, ObjectProvider<JdbcSchemaInitializer> initializers) {
        try {
            JdbcSchema.verify(database);
        } catch (SessionStoreException unreachable) {
            throw unreachable(unreachable);
        } catch (IllegalStateException e) {
            JdbcSchemaInitializer initializer = initializers.getIfAvailable();
            Throwable failure = initializer == null ? null : initializer.failure();
            throw new ConfigurationFailure(
                    "Sessions and locks are to be kept in a database, but its tables are not those of this release. "
                            + e.getMessage()
                            + (e.getCause() == null ? "." : " (" + reason(e) + ").")
                            + (failure == null ? "" : " The script that creates tables failed: " + reason(failure)),
                    action(
                            e,
                            failure,
                            "classpath:" + JdbcSchema.script(database.dialect().platform())));
        }
    }

    private static String action(IllegalStateException found, @Nullable Throwable failure, String script) {
        if (found.getCause() == null) {
            return "Run a release that works with these tables, or change them as CHANGELOG.md says; no setting does it.";
        }
        String run = "run the script " + script + " of sessiontracker-jdbc with the tool that manages your schema";
        return failure == null
                ? "Set " + JdbcStoreProperties.PREFIX + ".initialize-schema=always, or " + run
                        + ". If the tables are there, let the user select, insert, update and delete their rows."
                : "Let the user create tables in that schema, or " + run + ", and set " + JdbcStoreProperties.PREFIX
                        + ".initialize-schema=never.";
    }

    static ConfigurationFailure unreachable(SessionStoreException failure) {
        return new ConfigurationFailure(
                "Sessions or locks are to be kept in a database, and it cannot be reached: " + reason(failure),
                "Start the database, or correct spring.datasource.*.");
    }

    private static String reason(Throwable failure) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }
}
