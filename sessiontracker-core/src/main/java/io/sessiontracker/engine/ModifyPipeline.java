package io.sessiontracker.engine;

import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * The batch that a {@link ModifyQueue} fills, and what is known of the batch before it. While that is written, changes are made to the
 * state that it stores, and before the first one to a copy in the near cache, unless other processes write to the key as well. To be used with the queue's lock held.
 */
final class ModifyPipeline<S extends Session> {

    private final ModifyTarget<S> target;
    private final Contention contention = new Contention();
    private @Nullable ModifyBatch<S> batch;
    /** What the last write stores; null if there was none, or if it was not stored. */
    private @Nullable StoredSession latest;

    private boolean writing;
    /** Batches whose callers are being answered: they may come back at once, and then need no read. */
    private int answering;

    ModifyPipeline(ModifyTarget<S> target) {
        this.target = target;
    }

    /** Returns the batch being filled; null if there is none. */
    @Nullable
    ModifyBatch<S> batch() {
        return batch;
    }

    /** Returns the batch for that call's change; null if the session has to be read first, or if a write has to end. */
    @Nullable
    ModifyBatch<S> next(ModifyCall<S> call) {
        if (batch == null && contention.isNone() && !call.requiresRead()) {
            StoredSession known = latest != null || writing ? latest : target.copy();
            batch = known == null || !target.mayChange(known.data())
                    ? null
                    : new ModifyBatch<>(target, known, ModifyBatch.WRITTEN);
        }
        return batch != null && batch.suits(call) ? batch : null;
    }

    /** Replaces the batch being filled; null for none. */
    void begin(@Nullable ModifyBatch<S> read) {
        batch = read;
    }

    /** Lets the batch take no more changes, unless it is empty. */
    void closeBatch() {
        if (batch != null) {
            batch.close();
        }
    }

    boolean isWriting() {
        return writing;
    }

    boolean isAnswering() {
        return answering > 0;
    }

    /** Notes that the batch being filled is being written. */
    void write(ModifyBatch<S> full) {
        writing = true;
        latest = full.written();
        batch = null;
    }

    /** Notes that the write is done, and that its callers are being answered. */
    void stored() {
        writing = false;
        answering++;
        contention.won();
    }

    void answered() {
        answering--;
    }

    /** Notes that the write failed; returns the calls whose changes were made to the state that is not there now, and were not sent. */
    List<ModifyCall<S>> notStored() {
        List<ModifyCall<S>> calls = batch == null ? List.of() : batch.calls();
        writing = false;
        latest = null;
        batch = null;
        return calls;
    }

    /**
     * Notes that another process was faster.
     *
     * @param stored what it stored, if that is known
     * @return whether that is the next batch's state; otherwise a pause is needed, by the end of which it would be out of date
     */
    boolean lost(@Nullable StoredSession stored) {
        batch = stored != null && target.mayChange(stored.data()) && contention.isNone()
                ? new ModifyBatch<>(target, stored, ModifyBatch.CONFLICTING)
                : null;
        contention.lost();
        return batch != null;
    }

    /** Runs the task after a pause; returns false if no pause is needed. */
    boolean pause(Runnable task) {
        return contention.pause(task);
    }
}
