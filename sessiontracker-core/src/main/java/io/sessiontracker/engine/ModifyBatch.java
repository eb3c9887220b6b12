package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are stored by one write. They are made one after the other to one instance, which is encoded after each: so a change
 * that throws, or that leaves a state which cannot be encoded, costs the others a decoding, and nothing else.
 */
final class ModifyBatch<S extends Session> {

    /** What the batch before this one stores, or a copy of what is stored. */
    static final long WRITTEN = -2;
    /** What another process has stored, as the store says with a conflict. */
    static final long CONFLICTING = -1;

    private static final int MAX_CALLS = 100;
    /** From so many refusals on, a change is stored alone: it may itself cause the write that its batch then conflicts with. */
    private static final int REFUSALS_BEFORE_ALONE = 8;

    private final ModifyTarget<S> target;
    private final StoredSession base;
    private final long sentAt;
    private final OperationToken token = OperationToken.random();
    private final List<ModifyCall<S>> calls = new ArrayList<>();
    private SessionData data;
    private @Nullable S session;
    private boolean closed;

    /**
     * Creates an empty batch.
     *
     * @param base the stored session
     * @param sentAt the arrival of the last call before it was read; {@link #WRITTEN} or {@link #CONFLICTING} if no read was sent
     */
    ModifyBatch(ModifyTarget<S> target, StoredSession base, long sentAt) {
        this.target = target;
        this.base = base;
        this.sentAt = sentAt;
        this.data = base.data();
    }

    SessionVersion base() {
        return base.version();
    }

    /** Returns the stored session that the changes are made to. */
    StoredSession stored() {
        return base;
    }

    /** Returns whether its session was there when it was read, so that its calls stay with that start. */
    boolean isRead() {
        return sentAt != WRITTEN;
    }

    /**
     * Returns whether an exception of this call's change is its outcome: then a stored session caused it. Otherwise it may be due to a
     * change that will not be stored, or to a state that was replaced before the call.
     */
    boolean isProof(ModifyCall<S> call) {
        return calls.isEmpty() && call.arrival() <= sentAt;
    }

    /** Returns whether the call's change may be made here. */
    boolean suits(ModifyCall<S> call) {
        return !call.requiresRead() || isProof(call);
    }

    SessionData data() {
        return data;
    }

    /** Returns the token of its write. */
    OperationToken token() {
        return token;
    }

    List<ModifyCall<S>> calls() {
        return calls;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Returns whether another change may be added. */
    boolean isOpen() {
        return calls.isEmpty()
                || !closed
                        && target.mayChange(data)
                        && calls.size() < MAX_CALLS
                        && calls.get(0).refusals() < REFUSALS_BEFORE_ALONE;
    }

    /** Takes no more changes, unless it is empty. */
    void close() {
        closed = !calls.isEmpty();
    }

    /** Gives the instance away, to be changed; null if it has to be decoded. Unless it is {@linkplain #accept accepted} it is not used again. */
    @Nullable
    S take() {
        S taken = session;
        session = null;
        return taken;
    }

    /** Returns the state so far, under the version that was read. */
    StoredSession current() {
        return base.withData(data);
    }

    void accept(ModifyCall<S> call, S changed, SessionData encoded) {
        calls.add(call);
        session = changed;
        data = encoded;
    }

    /** Returns what is stored if the write is not refused. */
    StoredSession written() {
        return new StoredSession(base.version().next(), token, base.startedAt(), StoredSession.UNKNOWN, data.stored());
    }

    /** Runs a task on a caller's thread; prefers one that waits to a worker, which may not be free. */
    void run(Runnable task) {
        List<ModifyCall<S>> blockingFirst = calls.stream()
                .sorted(Comparator.comparing(ModifyCall<S>::isBlocking).reversed())
                .toList();
        for (ModifyCall<S> call : blockingFirst) {
            if (call.run(task)) {
                return;
            }
        }
        task.run();
    }

    /** Returns whether a caller waits in its own thread, which so may be blocked by the store. */
    boolean hasBlockingCall() {
        return calls.stream().anyMatch(ModifyCall::isBlocking);
    }

    /** Fails all calls. Their changes may have been stored all the same, so they are never made again. */
    void fail(Throwable failure) {
        calls.forEach(call -> call.fail(failure));
    }

    /** Answers all calls that there is no session to change. */
    void refuse(StoreReply reply) {
        calls.forEach(call -> call.complete(() -> target.failure(base(), reply)));
    }

    /** Returns the calls whose changes are to be made again, as another writer was faster; the others give up. */
    List<ModifyCall<S>> refusedBy(StoreReply.VersionConflict reply, int attempts) {
        SessionResult<S> conflict = target.failure(base(), reply);
        List<ModifyCall<S>> again = new ArrayList<>();
        for (ModifyCall<S> call : calls) {
            call.refused();
            if (call.refusals() < attempts) {
                again.add(call);
            } else {
                call.complete(() -> conflict);
            }
        }
        return again;
    }

    /** Gives each caller a copy of the stored session, after the listeners were notified once. */
    void answer(boolean notify, StoreReply.Done done) {
        StoredSession stored = written().withExpiresAt(done.expiresAt());
        if (notify) {
            run(() -> {
                target.notifyListeners(stored, done.at());
                answer(stored);
            });
        } else {
            answer(stored);
        }
    }

    /** Answers a call whose change left nothing to be stored: with the session, as it was read. */
    void answerUnchanged(ModifyCall<S> call, S unchanged) {
        call.completeHere(() -> SessionResult.success(target.stored(unchanged, current())));
    }

    private void answer(StoredSession stored) {
        S only = calls.size() == 1 ? take() : null;
        for (ModifyCall<S> call : calls) {
            call.complete(
                    () -> SessionResult.success(only == null ? target.copy(stored) : target.stored(only, stored)));
        }
    }
}
