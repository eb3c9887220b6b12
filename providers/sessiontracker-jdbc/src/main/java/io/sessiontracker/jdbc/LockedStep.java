package io.sessiontracker.jdbc;

import java.util.List;
import java.util.Optional;

import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStep;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A step within the caller's transaction. It locks the key's row until the transaction ends, also where it only reads: the caller may
 * write next what it has read. A row that is not there cannot be locked; of two transactions that insert it the later one waits for the
 * other's end, and begins again.
 */
final class LockedStep<R> {

    private static final int MAX_ATTEMPTS = 32;

    private final JdbcDatabase database;
    private final StateSql sql;
    private final String namespace;
    private final SessionRows rows;
    private final PropertyRows properties;
    private final KeyStateStep<R> step;
    private final SessionAddress address;

    LockedStep(
            JdbcDatabase database,
            StateSql sql,
            String namespace,
            SessionRows rows,
            PropertyRows properties,
            KeyStateStep<R> step) {
        this.database = database;
        this.sql = sql;
        this.namespace = namespace;
        this.rows = rows;
        this.properties = properties;
        this.step = step;
        this.address = step.address();
    }

    /**
     * Takes the step.
     *
     * @throws ConcurrencyFailureException if others insert and remove the row again and again, or this transaction's isolation level
     *     hides the row
     */
    R run(JdbcClient client) {
        boolean locking = !database.dialect().repeatsReads();
        for (int attempt = 1; !attempt(client, revision(client, locking).isPresent()); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new ConcurrencyFailureException(
                        "The row of %s was inserted by others %d times, and could not be locked"
                                .formatted(address, attempt));
            }
            locking = true;
        }
        return step.reply();
    }

    /** Returns the row's revision; empty if there is none. */
    private Optional<Long> revision(JdbcClient client, boolean locking) {
        return client.sql("SELECT revision FROM %s WHERE %s%s"
                        .formatted(database.table("SESSION"), SessionRows.isKey(), locking ? StateSql.FOR_UPDATE : ""))
                .params(rows.parameters(address))
                .query(Long.class)
                .optional();
    }

    /** Returns false if another transaction changed the row, which is possible as long as it was not there to be locked. */
    private boolean attempt(JdbcClient client, boolean found) {
        LoadedState loaded = load(client, found);
        while (!step.applyTo(loaded)) {
            loaded = load(client, found);
        }
        KeyStateChanges changes = step.changes();
        return changes == null ? found || loaded.revision() == LoadedState.ABSENT : write(client, loaded, changes);
    }

    private LoadedState load(JdbcClient client, boolean found) {
        boolean locking = found && database.dialect().repeatsReads();
        return new StateQuery(database.dialect(), sql, namespace, List.of(address), step.parts())
                .run(client, locking)
                .get(0);
    }

    private boolean write(JdbcClient client, LoadedState loaded, KeyStateChanges changes) {
        boolean replaced = replaceRoot(client, loaded, changes);
        if (replaced) {
            rows.replaceParts(client, address, changes);
            properties.replace(client, changes);
        }
        return replaced;
    }

    /** H2 may fail to insert what another transaction inserts, and lets this one go on. */
    private boolean replaceRoot(JdbcClient client, LoadedState loaded, KeyStateChanges changes) {
        if (loaded.revision() == LoadedState.ABSENT && database.dialect().repeatsReads()) {
            return insertRoot(client, changes);
        }
        try {
            return rows.replaceRoot(client, address, loaded.revision(), changes);
        } catch (DuplicateKeyException other) {
            return false;
        }
    }

    /**
     * Inserts the row, or locks the one that is there. An insert that is ignored would only share a lock on that row, and two
     * transactions that then lock it would wait for each other.
     */
    private boolean insertRoot(JdbcClient client, KeyStateChanges changes) {
        String insert =
                Sql.insert(database.table("SESSION"), SessionRows.ROOT, Sql.parameters(SessionRows.ROOT.size()));
        client.sql(insert + " ON DUPLICATE KEY UPDATE revision = revision")
                .params(rows.parameters(
                        address,
                        SessionRows.rootValues(changes.revision(), address, changes.root())
                                .values()))
                .update();
        return revision(client, true).equals(Optional.of(changes.revision()));
    }
}
