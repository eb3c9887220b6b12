package io.sessiontracker.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.AsyncLoops;
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

    private static final int READ_AT_ONCE = 100;

    <S extends Session> CompletionStage<SessionResult<S>> get(Class<S> type, String key) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(TrackerMethod.GET, info, key, () -> {
            SessionAddress address = observer.address(info, key);
            return store.get(address, true, info.runningLifetimes())
                    .thenApply(reply -> replies.session(address, info, null, reply));
        });
    }

    <S extends Session> CompletionStage<Map<String, S>> getAll(Class<S> type, Collection<String> keys) {
        SessionTypeInfo<S> info = types.of(type);
        List<SessionAddress> addresses =
                keys.stream().distinct().map(key -> observer.address(info, key)).toList();
        return observer.callAll(TrackerMethod.GET_ALL, info, addresses, () -> {
            Map<String, S> found = new LinkedHashMap<>();
            Iterator<SessionAddress> left = addresses.iterator();
            return AsyncLoops.repeat(() -> {
                        List<SessionAddress> next = new ArrayList<>();
                        while (next.size() < READ_AT_ONCE && left.hasNext()) {
                            next.add(left.next());
                        }
                        return next.isEmpty() ? CompletableFuture.completedStage(false) : readAll(info, next, found);
                    })
                    .thenApply(nothing -> Collections.unmodifiableMap(found));
        });
    }

    private <S extends Session> CompletionStage<Boolean> readAll(
            SessionTypeInfo<S> info, List<SessionAddress> addresses, Map<String, S> found) {
        return store.getAll(addresses, info.runningLifetimes()).thenApply(read -> {
            for (int i = 0; i < addresses.size(); i++) {
                SessionAddress address = addresses.get(i);
                replies.session(address, info, null, read.get(i))
                        .ifSuccess(session -> found.put(address.key(), session));
            }
            return true;
        });
    }

    <S extends Session> CompletionStage<SessionResult<S>> peek(Class<S> type, String key) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(TrackerMethod.PEEK, info, key, () -> {
            SessionAddress address = observer.address(info, key);
            return store.get(address, false, info.runningLifetimes())
                    .thenApply(reply -> replies.session(address, info, null, reply));
        });
    }

    /** Reads and touches a session, as it is stored, as a part of another operation. */
    <S extends Session> CompletionStage<SessionResult<S>> read(SessionTypeInfo<S> info, SessionAddress address) {
        return store.getFromStore(address, info.runningLifetimes())
                .thenApply(reply -> replies.session(address, info, null, reply));
    }

    <S extends Session> CompletionStage<SessionResult<S>> getFinished(Class<S> type, String key) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(TrackerMethod.GET_FINISHED, info, key, () -> {
            SessionAddress address = observer.address(info, key);
            return store.getFinished(address).thenApply(reply -> replies.session(address, info, null, reply));
        });
    }

    CompletionStage<SessionResult<@Nullable Void>> refresh(Class<? extends Session> type, String key) {
        SessionTypeInfo<?> info = types.of(type);
        return observer.call(TrackerMethod.REFRESH, info, key, () -> {
            SessionAddress address = observer.address(info, key);
            return store.touch(address, info.runningLifetimes())
                    .thenApply(reply -> replies.done(address, info, null, reply));
        });
    }

    CompletionStage<SessionResult<Instant>> expiresAt(Class<? extends Session> type, String key) {
        return expiry(TrackerMethod.EXPIRES_AT, types.of(type), key, null, store::expiry);
    }

    CompletionStage<SessionResult<Instant>> expiresAt(Session session) {
        return expiry(TrackerMethod.EXPIRES_AT, types.of(session), session.getKey(), session, store::expiry);
    }

    CompletionStage<SessionResult<Instant>> expire(
            Class<? extends Session> type, String key, SessionEntryOptions options) {
        return expire(types.of(type), key, null, options);
    }

    CompletionStage<SessionResult<Instant>> expire(Session session, SessionEntryOptions options) {
        return expire(types.of(session), session.getKey(), session, options);
    }

    private CompletionStage<SessionResult<Instant>> expire(
            SessionTypeInfo<?> info, String key, @Nullable Session session, SessionEntryOptions options) {
        Objects.requireNonNull(options, "The options must not be null");
        return expiry(
                TrackerMethod.EXPIRE,
                info,
                key,
                session,
                (address, id) -> store.expire(address, id, info.lifetimes(options)));
    }

    /** @param session if given, only its start is meant, whatever its version; it learns when it expires */
    private CompletionStage<SessionResult<Instant>> expiry(
            TrackerMethod operation,
            SessionTypeInfo<?> info,
            String key,
            @Nullable Session session,
            BiFunction<SessionAddress, @Nullable String, CompletionStage<StoreReply>> call) {
        return observer.call(operation, info, key, () -> {
            SessionAddress address = session == null ? observer.address(info, key) : info.address(key);
            SessionVersion expected = session == null ? null : requireStarted(session);
            Runnable restoration = session == null ? () -> {} : SessionInternals.restoration(session);
            return call.apply(address, expected == null ? null : expected.id()).thenApply(reply -> {
                SessionResult<Instant> result = replies.expiry(address, info, expected, reply);
                if (session != null) {
                    transactions.afterRollback(restoration);
                    result.ifSuccess(expiry -> SessionInternals.expiresAt(session, expiry));
                }
                return result;
            });
        });
    }

    /** Answers the same instance. */
    <S extends Session> CompletionStage<SessionResult<S>> update(S session) {
        return observer.call(TrackerMethod.UPDATE, types.of(session), session.getKey(), () -> updateRead(session));
    }

    /** Answers a fresh copy of what was stored. */
    <S extends Session> CompletionStage<SessionResult<S>> updateAndGet(S session) {
        SessionTypeInfo<S> info = types.of(session);
        return observer.call(
                TrackerMethod.UPDATE_AND_GET,
                info,
                session.getKey(),
                () -> update(session, stored -> copyUpdated(info, stored, session)));
    }

    private <S extends Session> S copyUpdated(SessionTypeInfo<S> info, StoredSession stored, S session) {
        S copy = replies.copy(info.address(session.getKey()), info, stored);
        SessionVersion version = stored.version();
        transactions.afterRollback(
                () -> SessionInternals.settle(copy, version.id(), version.version() - 1, copy.getStartedAt(), null));
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
        SessionData encoded = encoder.encode(info, address, session);
        UpdateAttempt update = InDoubtWrites.beginUpdate(
                session, encoded, (first, second) -> encoder.isSame(info, address, first, second));
        SessionData data = update.data();
        Runnable restoration = SessionInternals.restoration(session);
        return store.update(address, expected, data, update.token()).thenApply(reply -> {
            InDoubtWrites.endUpdate(session);
            if (!(reply instanceof StoreReply.Done done)) {
                return replies.failure(address, info, expected, reply);
            }
            transactions.afterRollback(restoration);
            StoredSession stored = new StoredSession(
                    expected.next(),
                    update.token(),
                    session.getStartedAt().toEpochMilli(),
                    done.expiresAt(),
                    data.stored());
            StoreReplyMapper.settle(session, stored);
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
