package io.sessiontracker.engine;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionCodecException;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionStarted;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCodec;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * Starts, reads and updates sessions, each by one call on the data provider. What is wrong with the arguments is thrown before that
 * call; everything else completes the stage. Each public operation is {@linkplain OperationObserver observed} here, and the parts of
 * one are not.
 */
final class SessionOperations {

    private final SessionTypes types;
    private final SessionCodec codec;
    private final StoreReplyMapper replies;
    private final DispatchingDataProvider store;
    private final SessionEvents events;
    private final CallerTransactions transactions;
    private final OperationObserver observer;

    SessionOperations(
            SessionTypes types,
            SessionCodec codec,
            StoreReplyMapper replies,
            DispatchingDataProvider store,
            SessionEvents events,
            CallerTransactions transactions,
            OperationObserver observer) {
        this.types = types;
        this.codec = codec;
        this.replies = replies;
        this.store = store;
        this.events = events;
        this.transactions = transactions;
        this.observer = observer;
    }

    <S extends Session> CompletionStage<SessionResult<S>> start(S session, @Nullable SessionEntryOptions options) {
        SessionTypeInfo<S> info = types.of(session);
        return observer.call("start", info, session.getKey(), () -> {
            SessionAddress address = info.address(session.getKey());
            return send(info, address, session, options, false)
                    .thenApply(reply -> reply instanceof StoreReply.Started
                            ? SessionResult.success(session)
                            : replies.failure(address, info.type(), null, reply));
        });
    }

    <S extends Session> CompletionStage<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call("getOrStart", info, key, () -> {
            Objects.requireNonNull(supplier, "The supplier must not be null");
            SessionAddress address = info.address(key);
            return store.get(address, true, info.runningLifetimes())
                    .thenCompose(reply -> reply instanceof StoreReply.Done
                            ? CompletableFuture.completedStage(replies.session(address, type, null, reply))
                            : startSupplied(info, address, supplier));
        });
    }

    private <S extends Session> CompletionStage<SessionResult<S>> startSupplied(
            SessionTypeInfo<S> info, SessionAddress address, Supplier<? extends S> supplier) {
        S session = requireSupplied(info, address, Futures.application(supplier::get));
        return send(info, address, session, null, true)
                .thenApply(reply -> SessionResult.success(
                        reply instanceof StoreReply.InProgress other
                                ? replies.copy(address, info.type(), other.running())
                                : session));
    }

    private static <S extends Session> S requireSupplied(
            SessionTypeInfo<S> info, SessionAddress address, @Nullable S supplied) {
        Objects.requireNonNull(supplied, "The supplier must not give null");
        if (supplied.getClass() != info.type()) {
            throw new IllegalArgumentException("The supplier for %s must give a %s; it gave a %s"
                    .formatted(
                            address, info.type().getName(), supplied.getClass().getName()));
        }
        if (!supplied.getKey().equals(address.key())) {
            throw new IllegalArgumentException(
                    "The supplier for %s gave a session with the key \"%s\"".formatted(address, supplied.getKey()));
        }
        return supplied;
    }

    /** Sends a start, and notes its outcome in the instance. */
    private <S extends Session> CompletionStage<StoreReply> send(
            SessionTypeInfo<S> info,
            SessionAddress address,
            S session,
            @Nullable SessionEntryOptions options,
            boolean touchRunning) {
        SessionData data = data(info, address, session);
        InDoubtWrites.Start start = InDoubtWrites.beginStart(session);
        Runnable restoration = SessionInternals.restoration(session);
        return store.start(address, start.ids(), data, info.lifetimes(options), start.token(), touchRunning)
                .thenApply(reply -> {
                    if (reply instanceof StoreReply.Started started) {
                        transactions.afterRollback(restoration);
                        SessionInternals.settle(
                                session,
                                started.version().id(),
                                started.version().version(),
                                Instant.ofEpochMilli(started.startedAt()));
                        StoredSession stored = new StoredSession(started.version(), started.startedAt(), data);
                        events.publish(
                                SessionStarted.class, SessionStarted::new, info, address, stored, started.startedAt());
                    } else {
                        InDoubtWrites.endStart(session);
                    }
                    return reply;
                });
    }

    <S extends Session> CompletionStage<SessionResult<S>> get(Class<S> type, String key) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call("get", info, key, () -> {
            SessionAddress address = info.address(key);
            return store.get(address, true, info.runningLifetimes())
                    .thenApply(reply -> replies.session(address, type, null, reply));
        });
    }

    <S extends Session> CompletionStage<SessionResult<S>> peek(Class<S> type, String key) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call("peek", info, key, () -> {
            SessionAddress address = info.address(key);
            return store.get(address, false, info.runningLifetimes())
                    .thenApply(reply -> replies.session(address, type, null, reply));
        });
    }

    /** Reads and touches a session as a part of another operation. */
    <S extends Session> CompletionStage<SessionResult<S>> read(SessionTypeInfo<S> info, SessionAddress address) {
        return store.get(address, true, info.runningLifetimes())
                .thenApply(reply -> replies.session(address, info.type(), null, reply));
    }

    <S extends Session> CompletionStage<SessionResult<S>> getFinished(Class<S> type, String key) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call("getFinished", info, key, () -> {
            SessionAddress address = info.address(key);
            return store.getFinished(address).thenApply(reply -> replies.session(address, type, null, reply));
        });
    }

    CompletionStage<SessionResult<@Nullable Void>> refresh(Class<? extends Session> type, String key) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call("refresh", info, key, () -> {
            SessionAddress address = info.address(key);
            return store.touch(address, info.runningLifetimes())
                    .thenApply(reply -> replies.done(address, type, null, reply));
        });
    }

    /** Answers the same instance. */
    <S extends Session> CompletionStage<SessionResult<S>> update(S session) {
        return observer.call("update", types.of(session), session.getKey(), () -> updateRead(session));
    }

    /** Answers a fresh copy of what was stored. */
    <S extends Session> CompletionStage<SessionResult<S>> updateAndGet(S session) {
        SessionTypeInfo<S> info = types.of(session);
        return observer.call(
                "updateAndGet",
                info,
                session.getKey(),
                () -> update(session, stored -> copyUpdated(info, stored, session)));
    }

    private <S extends Session> S copyUpdated(SessionTypeInfo<S> info, StoredSession stored, S session) {
        S copy = replies.copy(info.address(session.getKey()), info.type(), stored);
        SessionVersion version = stored.version();
        transactions.afterRollback(
                () -> SessionInternals.settle(copy, version.id(), version.version() - 1, copy.getStartedAt()));
        return copy;
    }

    /** Updates a session as a part of another operation; answers the same instance. */
    <S extends Session> CompletionStage<SessionResult<S>> updateRead(S session) {
        return update(session, stored -> session);
    }

    private <S extends Session> CompletionStage<SessionResult<S>> update(S session, Function<StoredSession, S> answer) {
        SessionTypeInfo<S> info = types.of(session);
        SessionAddress address = info.address(session.getKey());
        SessionVersion expected = requireStarted(session);
        SessionData data = data(info, address, session);
        InDoubtWrites.Update update = InDoubtWrites.beginUpdate(session, data);
        Runnable restoration = SessionInternals.restoration(session);
        return store.update(address, expected, data, update.token()).thenApply(reply -> {
            InDoubtWrites.endUpdate(session);
            if (!(reply instanceof StoreReply.Done done)) {
                return replies.failure(address, info.type(), expected, reply);
            }
            transactions.afterRollback(restoration);
            SessionVersion version = expected.next();
            SessionInternals.settle(session, version.id(), version.version(), session.getStartedAt());
            StoredSession stored =
                    new StoredSession(version, session.getStartedAt().toEpochMilli(), data);
            events.publish(SessionUpdated.class, SessionUpdated::new, info, address, stored, done.at());
            return SessionResult.success(answer.apply(stored));
        });
    }

    /** Returns the version that an object form of an operation acts on. */
    static SessionVersion requireStarted(Session session) {
        Objects.requireNonNull(session, "A session must not be null");
        if (session.getVersion() == 0) {
            throw new IllegalStateException(session + " was never started or read; start it, or get the one that runs");
        }
        return new SessionVersion(session.getId(), session.getVersion());
    }

    /** Returns what is to be stored of a session. */
    SessionData data(SessionTypeInfo<?> info, SessionAddress address, Session session) {
        SessionInternals.requireProperties(session.getProperties());
        byte[] payload = codec.encode(address, session);
        int largest = store.direct().description().maxPayload();
        if (payload.length > largest) {
            throw new SessionCodecException(
                    address.type(),
                    address.key(),
                    "The state of %s takes %d bytes; this store takes at most %d. Keep less in the session"
                            .formatted(address, payload.length, largest),
                    null);
        }
        return new SessionData(session.getProperties(), info.indexedProperties(), payload);
    }
}
