package io.sessiontracker.autoconfigure.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.StreamSupport;

import io.sessiontracker.jdbc.JdbcDatabase;
import io.sessiontracker.jdbc.JdbcSchema;
import org.springframework.boot.jdbc.init.PropertiesBasedDataSourceScriptDatabaseInitializer;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/** Creates the tables of sessions and locks, if {@code session-tracker.jdbc.initialize-schema} says so. */
public class JdbcSchemaInitializer extends PropertiesBasedDataSourceScriptDatabaseInitializer<JdbcStoreProperties> {

    private final String tablePrefix;

    JdbcSchemaInitializer(JdbcDatabase database, JdbcStoreProperties properties) {
        super(database.dataSource(), properties);
        this.tablePrefix = database.tablePrefix();
    }

    @Override
    protected void runScripts(Scripts scripts) {
        Charset encoding = Objects.requireNonNullElse(scripts.getEncoding(), StandardCharsets.UTF_8);
        super.runScripts(new Scripts(StreamSupport.stream(scripts.spliterator(), false)
                        .map(script -> withPrefix(script, encoding))
                        .toList())
                .continueOnError(scripts.isContinueOnError())
                .separator(scripts.getSeparator())
                .encoding(encoding));
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
