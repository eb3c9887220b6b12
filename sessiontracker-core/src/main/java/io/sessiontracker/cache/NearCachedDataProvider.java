package io.sessiontracker.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.cache.SessionCopies.Copy;
import io.sessiontracker.cache.SessionCopies.Use;
import io.sessiontracker.spi.ForwardingDataProvider;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * A store with a near cache in front of it. In mode {@code validated} a read of a session of which there is a copy asks the store whether
 * that is still current, and the store answers the session only if it is not: a read is as fresh as without the cache, and costs the same
 * round trip, but few bytes. In mode {@code local} the store announces changes, and a read is answered from memory while that is known
 * to work. What follows a change, or an answer that the session is not there, keeps the copy up to date or removes it.
 *
 * <p>A call that is part of the caller's transaction passes by: what it reads or writes may be rolled back.
 */
public final class NearCachedDataProvider extends ForwardingDataProvider {

    private final SessionDataProvider store;
    private final Function<String, NearCacheSettings> settings;
    private final SessionInstrumentation instrumentation;
    private final SessionCopies copies;
    private final @Nullable AnnouncedCopies announced;

    /**
     * Creates an empty cache.
     *
     * @param settings those of the type with that name
     * @param announcements of that store; null if no type is in mode {@code local}
     * @param leastStaleness the least {@code maxStaleness} of a type in mode {@code local}
     * @param maxBytes how much memory the copies may take together, estimated
     * @param instrumentation counts hits and misses
     */
    public NearCachedDataProvider(
            SessionDataProvider store,
            Function<String, NearCacheSettings> settings,
            @Nullable SessionAnnouncements announcements,
            Duration leastStaleness,
            long maxBytes,
            SessionInstrumentation instrumentation) {
        super(store);
        this.store = store;
        this.settings = settings;
        this.instrumentation = instrumentation;
        this.copies = new SessionCopies(maxBytes);
        this.announced = announcements == null
                ? null
                : new AnnouncedCopies(copies, announcements, leastStaleness, instrumentation);
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
        NearCacheSettings cache = settingsOf(address);
        if (cache.mode() == NearCacheMode.NONE) {
            return read.get();
        }
        if (announced != null && cache.mode() == NearCacheMode.LOCAL) {
            StoredSession found = announced.find(address, touch, cache.maxStaleness());
            instrumentation.nearCacheRead(address.type(), found != null);
            return announced.answer(address, touch, found);
        }
        Copy copy = copies.get(address);
        if (copy == null) {
            instrumentation.nearCacheRead(address.type(), false);
            long ticket = copies.ticket(address);
            return read.get().thenApply(reply -> learn(address, ticket, reply));
        }
        return validate(address, copy.session(), touch);
    }

    @Override
    public CompletionStage<StoreReply> getFromStore(SessionAddress address, Lifetimes lifetimesHint) {
        return announced != null && settingsOf(address).mode() == NearCacheMode.LOCAL
                ? announced.read(address, true)
                : get(address, true, lifetimesHint);
    }

    @Override
    public CompletionStage<List<StoreReply>> getAll(List<SessionAddress> addresses, Lifetimes lifetimesHint) {
        return announced != null && addresses.stream().anyMatch(this::isCached)
                ? AsyncLoops.all(addresses, address -> get(address, true, lifetimesHint))
                : store.getAll(addresses, lifetimesHint);
    }

    /** Answers from memory where the store announces changes; by a caller with a copy of its own, so it counts as no read of the cache. */
    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        NearCacheSettings cache = settingsOf(address);
        if (announced == null || cache.mode() != NearCacheMode.LOCAL) {
            return store.getIfChanged(address, known, write, touch);
        }
        StoredSession found = announced.find(address, touch, cache.maxStaleness());
        return announced.answer(address, touch, found);
    }

    /** Sets what is called with each session of which a change dropped the copy, on the thread that receives; it must not block. */
    public void onChange(Consumer<SessionAddress> listener) {
        if (announced != null) {
            announced.onChange(listener);
        }
    }

    private CompletionStage<StoreReply> validate(SessionAddress address, StoredSession copy, boolean touch) {
        long ticket = copies.ticket(address);
        return store.getIfChanged(address, copy.version(), copy.write(), touch).thenApply(reply -> {
            instrumentation.nearCacheRead(address.type(), reply instanceof StoreReply.Unchanged);
            return reply instanceof StoreReply.Unchanged unchanged
                    ? new StoreReply.Done(copy.withExpiresAt(unchanged.expiresAt()), 0)
                    : learn(address, ticket, reply);
        });
    }

    /** Returns a copy of a session whose changes are announced: a change that begins with another one is likely to be refused. */
    @Override
    public Optional<StoredSession> copyOf(SessionAddress address) {
        NearCacheSettings cache = settingsOf(address);
        return announced != null && cache.mode() == NearCacheMode.LOCAL
                ? Optional.ofNullable(announced.find(address, false, cache.maxStaleness()))
                        .filter(copy -> address.isOf(copy.data().properties()))
                : Optional.empty();
    }

    private NearCacheSettings settingsOf(SessionAddress address) {
        NearCacheSettings cache = settings.apply(address.type());
        return cache.mode() == NearCacheMode.NONE || store.callerTransaction().isEmpty()
                ? cache
                : NearCacheSettings.NONE;
    }

    private boolean isCached(SessionAddress address) {
        return settingsOf(address).mode() != NearCacheMode.NONE;
    }

    /** Keeps what a reply says of the running session. */
    private StoreReply learn(SessionAddress address, long ticket, StoreReply reply) {
        StoredSession session = session(reply);
        if (session != null) {
            copies.put(address, ticket, new Copy(session, Use.NEVER));
        } else if (!(reply instanceof StoreReply.OtherOwner)) {
            copies.remove(address);
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
        long ticket = copies.ticket(address);
        CompletionStage<StoreReply> started = store.start(address, ids, data, lifetimes, token, touchRunning);
        if (!isCached(address)) {
            return started;
        }
        return started.whenComplete((reply, failure) -> {
            if (reply instanceof StoreReply.Started start) {
                StoredSession written =
                        new StoredSession(start.version(), token, start.startedAt(), start.expiresAt(), data);
                keep(address, ticket, written, Use.NEVER);
            } else {
                learnUnlessFailed(address, ticket, reply);
            }
        });
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        if (!isCached(address)) {
            return store.update(address, expected, write, data, token);
        }
        long ticket = copies.ticket(address);
        // The announcement of this update may remove it at once.
        Copy before = copies.get(address);
        return store.update(address, expected, write, data, token).whenComplete((reply, failure) -> {
            if (reply instanceof StoreReply.Done done
                    && before != null
                    && before.session().version().id().equals(expected.id())) {
                StoredSession written = new StoredSession(
                        expected.next(), token, before.session().startedAt(), done.expiresAt(), data);
                // An update shortens no lifetime, so the copy can be used for at least as long as the one before.
                keep(address, ticket, written, before.use());
            } else {
                learnUnlessFailed(address, ticket, reply);
            }
        });
    }

    /** Keeps what was just written. If it was overwritten since, the next read finds out: its write is another one. */
    private void keep(SessionAddress address, long ticket, StoredSession written, Use use) {
        copies.written(address, ticket, new Copy(written.withData(written.data().stored()), use));
    }

    /** Removes the copy as well if it is not known what was stored. */
    private void learnUnlessFailed(SessionAddress address, long ticket, @Nullable StoreReply reply) {
        if (reply == null) {
            copies.remove(address);
        } else {
            learn(address, ticket, reply);
        }
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return ending(address, store.expire(address, id, lifetimes));
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
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return ending(address, store.delete(address, states, expected, token, returnSession));
    }

    /** Frees the memory of a session that probably ended, or ends at another time, and lets this process's next read see that. */
    private CompletionStage<StoreReply> ending(SessionAddress address, CompletionStage<StoreReply> reply) {
        copies.remove(address);
        return announced == null
                ? reply
                : reply.whenComplete((answer, failure) -> copies.changed(address.anyOwners(), null, null));
    }

    /** Ends the subscription to the store's announcements until {@link #resume}: meanwhile each read asks the store. */
    public void suspend() {
        if (announced != null) {
            announced.subscription().suspend();
        }
    }

    /** Lets the subscription begin again. */
    public void resume() {
        if (announced != null) {
            announced.subscription().resume();
        }
    }
}
