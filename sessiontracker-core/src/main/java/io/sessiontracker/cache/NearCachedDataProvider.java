package io.sessiontracker.cache;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.sessiontracker.spi.CallerTransaction;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * A store with a near cache in front of it. A read of a session of which there is a copy asks the store whether that is still current,
 * and the store answers the session only if it is not: a read is as fresh as without the cache, and costs the same round trip, but few
 * bytes. What follows a change, or an answer that the session is not there, keeps the copy up to date or removes it.
 *
 * <p>A call that is part of the caller's transaction passes by: what it reads or writes may be rolled back.
 */
public final class NearCachedDataProvider implements SessionDataProvider {

    private final SessionDataProvider store;
    private final Predicate<String> cached;
    private final SessionInstrumentation instrumentation;
    private final SessionCopies copies;

    /**
     * Creates an empty cache.
     *
     * @param cached whether sessions of the type with that name are cached
     * @param maxBytes how much memory the copies may take together, estimated
     * @param instrumentation counts hits and misses
     */
    public NearCachedDataProvider(
            SessionDataProvider store,
            Predicate<String> cached,
            long maxBytes,
            SessionInstrumentation instrumentation) {
        this.store = store;
        this.cached = cached;
        this.instrumentation = instrumentation;
        this.copies = new SessionCopies(maxBytes);
    }

    @Override
    public StoreDescription description() {
        return store.description();
    }

    @Override
    public Optional<CallerTransaction> callerTransaction() {
        return store.callerTransaction();
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return read(address, touch, () -> store.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return read(address, touch, () -> store.get(address, touch, lifetimesHint));
    }

    private CompletionStage<StoreReply> read(
            SessionAddress address, boolean touch, Supplier<CompletionStage<StoreReply>> read) {
        if (!isCached(address)) {
            return read.get();
        }
        StoredSession copy = copies.get(address);
        if (copy == null) {
            instrumentation.nearCacheRead(address.type(), false);
            return read.get().thenApply(reply -> learn(address, reply));
        }
        return store.getIfChanged(address, copy.version(), copy.write(), touch).thenApply(reply -> {
            boolean hit = reply instanceof StoreReply.Unchanged;
            instrumentation.nearCacheRead(address.type(), hit);
            return hit ? new StoreReply.Done(copy, 0) : learn(address, reply);
        });
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return store.getIfChanged(address, known, write, touch);
    }

    private boolean isCached(SessionAddress address) {
        return cached.test(address.type()) && store.callerTransaction().isEmpty();
    }

    /** Keeps what a reply says of the running session. */
    private StoreReply learn(SessionAddress address, StoreReply reply) {
        StoredSession session = session(reply);
        if (session == null) {
            copies.remove(address);
        } else {
            copies.put(address, session);
        }
        return reply;
    }

    private static @Nullable StoredSession session(StoreReply reply) {
        if (reply instanceof StoreReply.Done done) {
            return done.session();
        }
        if (reply instanceof StoreReply.VersionConflict conflict) {
            return conflict.session();
        }
        return reply instanceof StoreReply.InProgress other ? other.running() : null;
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        CompletionStage<StoreReply> started = store.start(address, ids, data, lifetimes, token, touchRunning);
        if (!isCached(address)) {
            return started;
        }
        return started.whenComplete((reply, failure) -> {
            if (reply instanceof StoreReply.Started start) {
                keep(address, start.version(), token, start.startedAt(), data);
            } else {
                learnUnlessFailed(address, reply);
            }
        });
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        CompletionStage<StoreReply> updated = store.update(address, expected, data, token);
        if (!isCached(address)) {
            return updated;
        }
        StoredSession before = copies.get(address);
        return updated.whenComplete((reply, failure) -> {
            if (reply instanceof StoreReply.Done
                    && before != null
                    && before.version().id().equals(expected.id())) {
                keep(address, expected.next(), token, before.startedAt(), data);
            } else {
                learnUnlessFailed(address, reply);
            }
        });
    }

    /** Keeps what was just written. If it was overwritten since, the next read finds out: its write is another one. */
    private void keep(
            SessionAddress address, SessionVersion version, OperationToken write, long startedAt, SessionData data) {
        copies.put(address, new StoredSession(version, write, startedAt, data.withoutIndex()));
    }

    /** Removes the copy as well if it is not known what was stored. */
    private void learnUnlessFailed(SessionAddress address, @Nullable StoreReply reply) {
        if (reply == null) {
            copies.remove(address);
        } else {
            learn(address, reply);
        }
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return store.getFinished(address);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return store.touch(address);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address, Lifetimes lifetimesHint) {
        return store.touch(address, lifetimesHint);
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return ending(address, store.finish(address, expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return store.resume(address, expected, lifetimes, token, returnSession);
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return ending(address, store.delete(address, states, expected, token, returnSession));
    }

    /** Frees the memory of a session that probably ended. */
    private CompletionStage<StoreReply> ending(SessionAddress address, CompletionStage<StoreReply> reply) {
        copies.remove(address);
        return reply;
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return store.scan(scan);
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return store.count(type, finished);
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return store.sweep(sweep);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return store.acknowledgeExpired(address, id);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Expired> delivered) {
        return store.acknowledgeExpired(type, delivered);
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return store.recordLockProvider(name, lease);
    }
}
