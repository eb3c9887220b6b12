package io.sessiontracker.engine;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.event.SessionStarted;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/** Starts sessions, each by one call on the data provider; a {@code getOrStart} reads first. */
record SessionStarts(
        SessionTypes types,
        SessionEncoder encoder,
        StoreReplyMapper replies,
        DispatchingDataProvider store,
        SessionEvents events,
        CallerTransactions transactions,
        OperationObserver observer) {

    <S extends Session> CompletionStage<SessionResult<S>> start(S session) {
        return begin(session, null);
    }

    <S extends Session> CompletionStage<SessionResult<S>> start(S session, SessionEntryOptions options) {
        return begin(
                session,
                Objects.requireNonNull(
                        options, "The options must not be null; start(session) takes the type's settings"));
    }

    private <S extends Session> CompletionStage<SessionResult<S>> begin(
            S session, @Nullable SessionEntryOptions options) {
        SessionTypeInfo<S> info = types.of(session);
        return observer.call(
                TrackerMethod.START,
                info,
                session.getKey(),
                () -> start(info, observer.address(info, session.getKey()), session, options));
    }

    <S extends Session> CompletionStage<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier) {
        SessionTypeInfo<S> info = types.of(type);
        return observer.call(TrackerMethod.GET_OR_START, info, key, () -> {
            Objects.requireNonNull(supplier, "The supplier must not be null");
            SessionAddress address = observer.address(info, key);
            return store.get(address, true, info.runningLifetimes())
                    .thenCompose(reply -> reply instanceof StoreReply.Done
                            ? CompletableFuture.completedStage(replies.session(address, info, null, reply))
                            : startSupplied(info, address, supplier));
        });
    }

    private <S extends Session> CompletionStage<SessionResult<S>> startSupplied(
            SessionTypeInfo<S> info, SessionAddress address, Supplier<? extends S> supplier) {
        S session = requireSupplied(info, address, Futures.application(supplier::get));
        return send(info, address, session, null, true)
                .thenApply(reply -> SessionResult.success(
                        reply instanceof StoreReply.InProgress other
                                ? replies.copy(address, info, other.running())
                                : session));
    }

    /** Starts a session as a part of another operation. */
    <S extends Session> CompletionStage<SessionResult<S>> start(
            SessionTypeInfo<S> info, SessionAddress address, S session, @Nullable SessionEntryOptions options) {
        return send(info, address, session, options, false)
                .thenApply(reply -> reply instanceof StoreReply.Started
                        ? SessionResult.success(session)
                        : replies.failure(address, info, null, reply));
    }

    /**
     * Returns what a supplier gave.
     *
     * @throws IllegalArgumentException if it has another class or key
     */
    static <S extends Session> S requireSupplied(
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
        if (session.getVersion() > 1) {
            // It can only be another start than the one that was read, which knows of no operations.
            SessionInternals.internalProperties(session, Map.of());
        }
        SessionData data = encoder.encode(info, address, session);
        requireOwn(address, data);
        StartAttempt start = InDoubtWrites.beginStart(session);
        Runnable restoration = SessionInternals.restoration(session);
        return store.start(address, start.ids(), data, info.lifetimes(options), start.token(), touchRunning)
                .thenApply(reply -> {
                    if (reply instanceof StoreReply.Started started) {
                        transactions.afterRollback(restoration);
                        StoredSession stored = new StoredSession(
                                started.version(),
                                start.token(),
                                started.startedAt(),
                                started.expiresAt(),
                                data.stored());
                        StoreReplyMapper.settle(session, stored);
                        events.publish(
                                SessionStarted.class, SessionStarted::new, info, address, stored, started.startedAt());
                    } else {
                        InDoubtWrites.endStart(session);
                    }
                    if (reply instanceof StoreReply.OtherOwner) {
                        throw denied(address, "another owner's session is there");
                    }
                    return reply;
                });
    }

    private static void requireOwn(SessionAddress address, SessionData data) {
        SessionOwner owner = address.owner();
        if (owner != null && !owner.owns(data.properties())) {
            throw denied(address, "its property \"" + owner.property() + "\" must be the caller's name");
        }
    }

    private static SessionAccessDeniedException denied(SessionAddress address, String reason) {
        return OperationObserver.denied(TrackerMethod.START, address, reason);
    }
}
