package io.sessiontracker.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.state.IndexEntry;
import io.sessiontracker.spi.state.IndexEntry.Group;
import io.sessiontracker.spi.state.IndexEntry.Index;
import io.sessiontracker.spi.state.KeyState.Part;
import io.sessiontracker.spi.state.KeyStateChanges;
import io.sessiontracker.spi.state.KeyStateStep;
import io.sessiontracker.spi.state.KeyStateStore;
import io.sessiontracker.spi.state.KeyStateStore.IndexRange;
import io.sessiontracker.spi.state.KeyStateStore.LoadedState;
import io.sessiontracker.spi.support.Durations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of keys in tables. A key's row in {@code SESSION} has the revision: a swap changes it first, on the condition that it is
 * what was loaded, and so locks the key for the rest of its transaction.
 */
final class JdbcKeyStateStore implements KeyStateStore {

    private static final Logger log = LoggerFactory.getLogger(JdbcKeyStateStore.class);

    /** How many keys one statement reads. */
    private static final int BATCH = 500;

    /** What a statement may have besides the payload: properties, headers and its text. */
    private static final int STATEMENT_RESERVE = 256 << 10;

    private static final LockTable.Key LOCK_PROVIDER = new LockTable.Key("", "");

    private final JdbcDatabase database;
    private final String namespace;
    private final JdbcCalls calls;
    private final StateSql sql;
    private final SessionRows rows;
    private final PropertyRows properties;
    private final IndexQueries indexes;
    private final LockTable locks;
    private volatile StoreDescription description;
    private volatile boolean limited;

    JdbcKeyStateStore(JdbcDatabase database, String namespace, JdbcCalls calls, int connections) {
        this.database = database;
        this.namespace = namespace;
        this.calls = calls;
        this.sql = new StateSql(database);
        this.rows = new SessionRows(database, namespace);
        this.properties = new PropertyRows(database, namespace);
        this.indexes = new IndexQueries(database, namespace);
        this.locks = new LockTable(database, namespace, JdbcCalls.own(database));
        this.description = StoreDescription.DEFAULT
                .withBlocking()
                .withConcurrentCalls(connections)
                .withMaxPayload(database.dialect().maxPayload());
    }

    FastPaths fastPaths() {
        return new FastPaths(database, calls, rows);
    }

    FirstStarts firstStarts() {
        return new FirstStarts(database, calls, rows, properties);
    }

    @Override
    public StoreDescription description() {
        if (!limited) {
            limitPayload();
        }
        return description;
    }

    /** Reads how long a statement the server takes, in which each byte may become two. Where it cannot be reached, the next call asks. */
    private void limitPayload() {
        SqlDialect dialect = database.dialect();
        String limit = dialect.statementLimit();
        try {
            if (limit != null) {
                long bytes = JdbcCalls.own(database)
                        .read(
                                "Reading the limit of statements",
                                client -> client.sql(limit).query(Long.class).single());
                long payload = Math.max(0, bytes - STATEMENT_RESERVE) / 2;
                description = description.withMaxPayload((int) Math.min(dialect.maxPayload(), payload));
            }
            limited = true;
        } catch (SessionStoreException unreachable) {
            log.debug("The server's limit of statements is not known yet", unreachable);
        }
    }

    @Override
    public CompletionStage<LoadedState> load(SessionAddress address, Set<Part> parts) {
        return CompletableFuture.completedStage(
                loadBatch(List.of(address), parts).get(0));
    }

    @Override
    public CompletionStage<List<LoadedState>> loadAll(List<SessionAddress> addresses, Set<Part> parts) {
        List<LoadedState> loaded = new ArrayList<>();
        for (int from = 0; from < addresses.size(); from += BATCH) {
            loaded.addAll(loadBatch(addresses.subList(from, Math.min(from + BATCH, addresses.size())), parts));
        }
        return CompletableFuture.completedStage(loaded);
    }

    private List<LoadedState> loadBatch(List<SessionAddress> addresses, Set<Part> parts) {
        return calls.read(
                "Reading " + addresses.get(0),
                client -> new StateQuery(database.dialect(), sql, namespace, addresses, parts).run(client));
    }

    @Override
    public CompletionStage<SwapReply> swap(SessionAddress address, long revision, KeyStateChanges changes) {
        String what = "Changing " + address;
        if (changes.written().isEmpty() && changes.removed().isEmpty() && !PropertyRows.areChanged(changes)) {
            return CompletableFuture.completedStage(SwapReply.of(calls.changeAtOnce(
                            what, client -> Optional.of(rows.replaceRoot(client, address, revision, changes)))
                    .orElse(false)));
        }
        return CompletableFuture.completedStage(SwapReply.of(calls.change(what, client -> {
            boolean replaced = rows.replaceRoot(client, address, revision, changes);
            if (replaced) {
                rows.replaceParts(client, address, changes);
                properties.replace(client, changes);
            }
            return replaced;
        })));
    }

    /** In the caller's transaction, the key is locked: there are no conflicts, and nothing is repeated. */
    @Override
    public <R> CompletionStage<R> take(KeyStateStep<R> step) {
        if (!calls.isJoined()) {
            return KeyStateStore.super.take(step);
        }
        LockedStep<R> locked = new LockedStep<>(database, sql, namespace, rows, properties, step);
        return CompletableFuture.completedStage(calls.read("Changing " + step.address(), locked::run));
    }

    @Override
    public CompletionStage<List<IndexEntry>> entries(IndexRange range) {
        return CompletableFuture.completedStage(calls.read(
                "Searching sessions of type " + range.after().type(), client -> indexes.entries(client, range)));
    }

    @Override
    public boolean appliesFilter(IndexRange range) {
        return indexes.appliesFilter(range);
    }

    @Override
    public CompletionStage<List<Group>> groups(Index index, String type) {
        return CompletableFuture.completedStage(
                calls.read("Searching sessions of type " + type, client -> indexes.groups(client, index, type)));
    }

    /** The record is a lock that belongs to all processes with that provider. */
    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        locks.take(LOCK_PROVIDER, name, Durations.millis(lease));
        return CompletableFuture.completedStage(
                locks.holder(LOCK_PROVIDER).map(LockTable.Holder::owner).orElse(name));
    }

    @Override
    public CompletionStage<Long> count(Index index, String type) {
        return CompletableFuture.completedStage(
                calls.read("Counting sessions of type " + type, client -> indexes.count(client, index, type)));
    }
}
