package io.sessiontracker.jdbc;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.spi.CallerTransaction;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.state.KeyStateDataProvider;
import io.sessiontracker.spi.support.Namespaces;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions in a relational database: PostgreSQL, MariaDB, MySQL or H2. A key has one row, with the running session; a change
 * loads it and replaces it by compare-and-set in a short transaction. On PostgreSQL and H2 a first start, an update that changes no
 * indexed property, and a read that has to touch are one statement. Times are the database's.
 *
 * <p>Every call blocks, and takes a connection of its own from the data source: it takes no part in a transaction of the
 * application, and is not rolled back with it. A caller that holds a connection needs a second one, so a pool must have more
 * connections than threads that call from within a transaction. With {@link TransactionMode#JOIN} a call is part of its caller's
 * transaction instead, and locks the key's row until that ends.
 */
public final class JdbcSessionDataProvider extends KeyStateDataProvider {

    private final FastPaths fastPaths;
    private final FirstStarts firstStarts;
    private final JdbcCalls calls;
    private final SessionDataProvider own;

    /**
     * Stores sessions in a namespace, in transactions of their own; two namespaces never see each other's sessions.
     *
     * @param database has the tables
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public JdbcSessionDataProvider(JdbcDatabase database, String namespace) {
        this(
                database,
                namespace,
                TransactionMode.REQUIRES_NEW,
                Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Stores sessions in a namespace; two namespaces never see each other's sessions.
     *
     * @param database has the tables
     * @param namespace 1 to 64 ASCII letters, digits and {@code . _ - :}
     * @param mode whether calls are part of their callers' transactions
     * @param connections how many the data source has at the most: no more calls of the async and reactive APIs are made at once
     * @throws IllegalArgumentException if the namespace is not valid
     */
    public JdbcSessionDataProvider(JdbcDatabase database, String namespace, TransactionMode mode, int connections) {
        this(database, Namespaces.require(namespace), new JdbcCalls(database, mode), connections);
    }

    private JdbcSessionDataProvider(JdbcDatabase database, String namespace, JdbcCalls calls, int connections) {
        this(
                new JdbcKeyStateStore(database, namespace, calls, connections),
                new JdbcKeyStateStore(database, namespace, JdbcCalls.own(database), connections),
                calls);
    }

    private JdbcSessionDataProvider(JdbcKeyStateStore store, JdbcKeyStateStore own, JdbcCalls calls) {
        super(store);
        this.calls = calls;
        this.own = new KeyStateDataProvider(own);
        this.fastPaths = own.fastPaths();
        this.firstStarts = own.firstStarts();
    }

    @Override
    public Optional<CallerTransaction> callerTransaction() {
        return calls.callerTransaction();
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return first(
                address,
                () -> firstStarts.start(address, ids, data, lifetimes, token),
                () -> super.start(address, ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return touch && isTouchedByEachRead(lifetimesHint)
                ? first(address, () -> fastPaths.get(address), () -> super.get(address, true))
                : super.get(address, touch);
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return first(
                address,
                () -> fastPaths.unchanged(address, known, write, touch),
                () -> super.getIfChanged(address, known, write, touch));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address, Lifetimes lifetimesHint) {
        return isTouchedByEachRead(lifetimesHint)
                ? first(address, () -> fastPaths.touch(address), () -> super.touch(address))
                : super.touch(address);
    }

    private static boolean isTouchedByEachRead(Lifetimes lifetimes) {
        return lifetimes.sliding() > 0 && lifetimes.tolerance() == 0;
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return first(
                address.anyOwners(),
                () -> fastPaths.update(address, expected, write, data, token),
                () -> super.update(address, expected, write, data, token));
    }

    /** In the caller's transaction, only the general way locks the row; and only that asks for a session's owner. */
    private CompletionStage<StoreReply> first(
            SessionAddress address,
            Supplier<@Nullable StoreReply> fastPath,
            Supplier<CompletionStage<StoreReply>> generalWay) {
        try {
            StoreReply reply = calls.isJoined() || address.owner() != null ? null : fastPath.get();
            return reply != null ? CompletableFuture.completedStage(reply) : generalWay.get();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return own.sweep(sweep);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return own.acknowledgeExpired(address, id);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> delivered) {
        return own.acknowledgeExpired(type, delivered);
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return own.acknowledgeReminders(type, delivered);
    }
}
