package io.sessiontracker.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.event.SessionUpdated;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * The stored session that changes are made to. Replies come on the store's threads.
 *
 * @param offloaded the store as it is to be called by threads that it must not block
 */
record ModifyTarget<S extends Session>(
        SessionTypeInfo<S> info,
        SessionAddress address,
        SessionDataProvider store,
        SessionDataProvider offloaded,
        SessionEncoder encoder,
        StoreReplyMapper replies,
        SessionEvents events) {

    /**
     * Reads the session, as it is stored, for a call. A store that blocks is called by the thread that waits for the call, or by a worker: the thread that
     * comes by now may be an event loop's or a timer's.
     *
     * @param onReply called on the thread that has the reply
     */
    void read(ModifyCall<S> reader, BiConsumer<? super @Nullable StoreReply, ? super @Nullable Throwable> onReply) {
        if (store == offloaded || !reader.isBlocking() || !reader.run(() -> read(store, onReply))) {
            read(offloaded, onReply);
        }
    }

    private void read(
            SessionDataProvider from, BiConsumer<? super @Nullable StoreReply, ? super @Nullable Throwable> onReply) {
        var unused =
                send(() -> from.getFromStore(address, info.runningLifetimes())).whenComplete(onReply);
    }

    /** Returns a copy of the session that a change may begin with, as {@link #write} compares it with the store. */
    @Nullable
    StoredSession copy() {
        return store.copyOf(address).orElse(null);
    }

    /** Updates the session. Unless the calling thread may be blocked, a store that blocks is called on another one. */
    CompletionStage<StoreReply> write(StoredSession base, SessionData data, OperationToken token, boolean mayBlock) {
        SessionDataProvider to = mayBlock ? store : offloaded;
        return send(() -> to.update(address, base.version(), base.write(), data, token));
    }

    private static CompletionStage<StoreReply> send(Supplier<CompletionStage<StoreReply>> call) {
        try {
            return call.get();
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedStage(failed);
        }
    }

    /** Returns whether a state of the session may be changed: one that has become another owner's may not. */
    boolean mayChange(SessionData data) {
        return address.isOf(data.properties());
    }

    SessionData encode(Session session) {
        return encoder.encode(info, address, session);
    }

    S copy(StoredSession stored) {
        return replies.copy(address, info, stored);
    }

    /** Returns the instance that was encoded, at the version that is stored now. */
    S stored(S session, StoredSession stored) {
        StoreReplyMapper.settle(session, stored);
        return session;
    }

    SessionResult<S> failure(SessionVersion expected, StoreReply reply) {
        return replies.failure(address, info, expected, reply);
    }

    SessionResult<S> absence(StoreReply reply) {
        return replies.session(address, info, null, reply);
    }

    /** Returns the conflict of a call that has seen an earlier start than the current one. */
    SessionResult<S> otherStart(ModifyCall<S> call, SessionVersion current) {
        SessionVersion seen = call.base();
        return SessionResult.failure(new SessionError.VersionConflict(
                address.type(), address.key(), seen == null ? 0 : seen.version(), current.version()));
    }

    boolean hasListeners() {
        return events.anyWants(SessionUpdated.class, info.type());
    }

    void notifyListeners(StoredSession stored, long at) {
        events.publish(SessionUpdated.class, SessionUpdated::new, info, address, stored, at);
    }
}
