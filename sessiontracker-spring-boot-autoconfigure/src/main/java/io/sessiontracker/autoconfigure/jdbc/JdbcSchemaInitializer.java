package io.sessiontracker.autoconfigure.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.StreamSupport;

import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.init.ScriptException;

/** Creates the tables of sessions and locks, if {@code session-tracker.jdbc.initialize-schema} says so. */
public class JdbcSchemaInitializer extends PropertiesBasedDataSourceScriptDatabaseInitializer<JdbcStoreProperties> {

    private final String tablePrefix;
    private @Nullable ScriptException failure;

    JdbcSchemaInitializer(JdbcDatabase database, JdbcStoreProperties properties) {
        super(database.dataSource(), properties);
        this.tablePrefix = database.tablePrefix();
    }

    @Override
    protected void runScripts(Scripts scripts) {
        Charset encoding = Objects.requireNonNullElse(scripts.getEncoding(), StandardCharsets.UTF_8);
        Scripts prefixed = new Scripts(StreamSupport.stream(scripts.spliterator(), false)
                        .map(script -> withPrefix(script, encoding))
                        .toList())
                .separator(scripts.getSeparator())
                .encoding(encoding);
        try {
            super.runScripts(prefixed.continueOnError(false));
        } catch (ScriptException e) {
            if (!scripts.isContinueOnError()) {
                throw e;
            }
            failure = e;
            super.runScripts(prefixed.continueOnError(true));
        }
    }

    /** Returns why a script could not be run as a whole; null if it could, or none was run. */
    @Nullable
    ScriptException failure() {
        return failure;
    }

    private Resource withPrefix(Resource script, Charset encoding) {
        try {
            String sql = JdbcSchema.withPrefix(script.getContentAsString(encoding), tablePrefix);
            return new ByteArrayResource(sql.getBytes(encoding), script.getDescription());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
