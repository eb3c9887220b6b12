package io.sessiontracker.engine;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads and updates sessions, each by one call on the data provider. What is wrong with the arguments is thrown before that
 * call; everything else completes the stage. Each public operation is {@linkplain OperationObserver observed} here, and the parts of
 * one are not.
 */
record SessionOperations(
        SessionTypes types,
        SessionEncoder encoder,
        StoreReplyMapper replies,
        DispatchingDataProvider store,
        SessionEvents events,
        CallerTransactions transactions,
        OperationObserver observer) {

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
        SessionData data = encoder.encode(info, address, session);
        UpdateAttempt update = InDoubtWrites.beginUpdate(session, data);
        Runnable restoration = SessionInternals.restoration(session);
        return store.update(address, expected, data, update.token()).thenApply(reply -> {
            InDoubtWrites.endUpdate(session);
            if (!(reply instanceof StoreReply.Done done)) {
                return replies.failure(address, info.type(), expected, reply);
            }
            transactions.afterRollback(restoration);
            SessionVersion version = expected.next();
            SessionInternals.settle(session, version.id(), version.version(), session.getStartedAt());
            StoredSession stored = new StoredSession(
                    version, update.token(), session.getStartedAt().toEpochMilli(), data);
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
}
