package io.sessiontracker.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * Changes that are stored by one write. They are made one after the other to one instance, and what is to be written is encoded
 * after each: so a change that throws, or that leaves what cannot be encoded, costs the others a decoding, and nothing else.
 */
final class ModifyBatch<S extends Session> {

    private static final int MAX_CALLS = 100;
    /** From so many refusals on a change is stored alone: it may itself write what its batch then collides with. */
    private static final int REFUSALS_BEFORE_ALONE = 8;

    private final ModifyTarget<S> target;
    private final StoredSession base;
    private final List<ModifyCall<S>> calls = new ArrayList<>();
    private SessionData data;
    private @Nullable S session;
    private boolean closed;

    /**
     * @param base what is stored, or will be by the write that is under way
     */
    ModifyBatch(ModifyTarget<S> target, StoredSession base) {
        this.target = target;
        this.base = base;
        this.data = base.data();
    }

    SessionVersion base() {
        return base.version();
    }

    SessionData data() {
        return data;
    }

    /** The changes that are in {@link #data}, in their order. */
    List<ModifyCall<S>> calls() {
        return calls;
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Whether another change may be added. */
    boolean isOpen() {
        return !closed
                && calls.size() < MAX_CALLS
                && (calls.isEmpty() || calls.get(0).refusals() < REFUSALS_BEFORE_ALONE);
    }

    /** Takes no more changes, unless it has none. */
    void close() {
        closed = !calls.isEmpty();
    }

    /** Gives the instance away: it is spoilt unless it is {@linkplain #accept brought back}. Null where it is to be decoded. */
    @Nullable
    S take() {
        S taken = session;
        session = null;
        return taken;
    }

    /** The state so far, under the version that was read. */
    StoredSession current() {
        return new StoredSession(base.version(), base.startedAt(), data);
    }

    void accept(ModifyCall<S> call, S changed, SessionData encoded) {
        calls.add(call);
        session = changed;
        data = encoded;
    }

    /** What is stored if the write is not refused. */
    StoredSession written() {
        return new StoredSession(base.version().next(), base.startedAt(), data);
    }

    /** Where one of the callers is: rather one that waits in its own thread than a worker, which may not be free. */
    void run(Runnable task) {
        List<ModifyCall<S>> waitingFirst = calls.stream()
                .sorted(Comparator.comparing(ModifyCall<S>::isWaiting).reversed())
                .toList();
        for (ModifyCall<S> call : waitingFirst) {
            if (call.run(task)) {
                return;
            }
        }
        task.run();
    }

    /** It may have been stored all the same, so these changes are never made again. */
    void fail(Throwable failure) {
        calls.forEach(call -> call.fail(failure));
    }

    /** There is nothing to store it in. */
    void refuse(StoreReply reply) {
        calls.forEach(call -> call.complete(() -> target.failure(base(), reply)));
    }

    /** Somebody else was faster: the calls whose changes are to be made again; the others give up. */
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

    /** Gives each caller a copy of what was stored, after the listeners were notified, once. */
    void answer(boolean notify, long at) {
        StoredSession stored = written();
        if (notify) {
            run(() -> {
                target.notifyListeners(stored, at);
                answer(stored);
            });
        } else {
            answer(stored);
        }
    }

    private void answer(StoredSession stored) {
        S only = calls.size() == 1 ? take() : null;
        for (ModifyCall<S> call : calls) {
            call.complete(
                    () -> SessionResult.success(only == null ? target.copy(stored) : target.settled(only, stored)));
        }
    }
}
