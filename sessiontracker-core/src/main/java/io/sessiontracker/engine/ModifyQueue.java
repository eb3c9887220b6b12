package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.sessiontracker.Session;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * The changes that this process wants of one key. The session is read once; then one call at a time has the turn, and its own
 * caller's thread makes its change to the instance that the changes before it were made to. When no call waits, all changes are
 * written together.
 *
 * <p>Calls that arrive during the write form the next batch, which begins with what is being written. So their changes are made while
 * the reply is under way, each by its caller's thread on arrival, and one wake-up, for the answer, is all that a change costs. If
 * the state that they were made to is not stored, they are made again: nothing of them was sent. So is, in any case, one that throws, or
 * that finds its operation applied before: what is stored has to be the reason. While other processes write as well, which makes
 * repetitions likely, the next batch waits for the reply, and reads.
 *
 * <p>Each event ends in {@link #advance}, which decides from the state alone what is to be done next. A call that is alone in its queue
 * so costs one read and one write; the thread that submits it sends the read, and the thread that makes the change sends the write.
 */
final class ModifyQueue<S extends Session> {

    private enum State {
        /** A call may have the turn, and a write may be under way. */
        READY,
        READING,
        /** Other processes write as well, and get the time to do so. */
        BACKING_OFF,
        CLOSED
    }

    private final ModifyTarget<S> target;
    private final int attempts;
    private final Consumer<ModifyCall<S>> resubmit;
    private final Consumer<ModifyQueue<S>> onEnd;

    // Guarded by this.
    private final PendingModifyCalls<S> pending = new PendingModifyCalls<>();
    private final ModifyPipeline<S> pipeline;
    private final ModifyTurns<S> turns;
    private State state = State.READY;

    /**
     * Creates an empty queue.
     *
     * @param attempts how many refused writes a change takes part in
     * @param turnLimit how long a turn may take while others wait
     * @param resubmit called for a call that lost its turn, once its thread is free again
     * @param onEnd called when nothing is left to do: from then on the queue takes no call
     */
    ModifyQueue(
            ModifyTarget<S> target,
            int attempts,
            Duration turnLimit,
            Consumer<ModifyCall<S>> resubmit,
            Consumer<ModifyQueue<S>> onEnd) {
        this.target = target;
        this.attempts = attempts;
        this.resubmit = resubmit;
        this.onEnd = onEnd;
        this.pipeline = new ModifyPipeline<>(target);
        this.turns = new ModifyTurns<>(turnLimit, this, this::passOver);
    }

    /** Adds a call; returns false if this queue has come to its end. */
    boolean submit(ModifyCall<S> call) {
        synchronized (this) {
            if (state == State.CLOSED) {
                return false;
            }
            pending.add(call);
            if (pending.lastArrival() > 1) {
                turns.watch();
            }
        }
        advance(null);
        return true;
    }

    /** @param own the batch that this thread has just made its change for, and may write without waking another thread */
    private void advance(@Nullable ModifyBatch<S> own) {
        Runnable step = nextStep(own);
        while (step != null) {
            step.run();
            step = nextStep(own);
        }
    }

    /** Returns what is to be done now; null if that is up to the turn's holder, the store or a timer. */
    private synchronized @Nullable Runnable nextStep(@Nullable ModifyBatch<S> own) {
        if (state != State.READY || turns.isTaken()) {
            return null;
        }
        ModifyBatch<S> current = pipeline.batch();
        ModifyCall<S> next = current == null || current.isOpen() ? pending.peek() : null;
        if (next != null && pipeline.next(next) != null) {
            return offer(pending.remove());
        }
        if (pipeline.isWriting()) {
            return null;
        }
        if (current != null && !current.isEmpty()) {
            return write(current, current == own);
        }
        if (next != null) {
            return read(next);
        }
        return pipeline.isAnswering() ? null : close();
    }

    private Runnable close() {
        state = State.CLOSED;
        turns.unwatch();
        return () -> onEnd.accept(this);
    }

    private Runnable read(ModifyCall<S> reader) {
        state = State.READING;
        long sentAt = pending.lastArrival();
        return () -> target.read(reader, (reply, failure) -> {
            onRead(reader, sentAt, reply, failure);
            advance(null);
        });
    }

    private void onRead(ModifyCall<S> reader, long sentAt, @Nullable StoreReply reply, @Nullable Throwable failure) {
        if (reply instanceof StoreReply.Done done && done.session() != null) {
            begin(new ModifyBatch<>(target, done.session(), sentAt));
        } else if (failure != null) {
            // Where the driver blocks the thread, an interruption is the reader's own.
            boolean interrupted = Thread.currentThread().isInterrupted();
            endRead(call -> !interrupted || call == reader).forEach(call -> call.fail(Futures.cause(failure)));
        } else if (reply != null) {
            // A caller that came after the read was sent may have started the session meanwhile.
            endRead(call -> call.arrival() <= sentAt).forEach(call -> call.complete(() -> target.absence(reply)));
        }
    }

    private synchronized void begin(@Nullable ModifyBatch<S> next) {
        state = State.READY;
        pipeline.begin(next);
    }

    /** Removes the calls to which the read's outcome applies, and returns them. */
    private synchronized List<ModifyCall<S>> endRead(Predicate<ModifyCall<S>> concerned) {
        begin(null);
        return pending.removeAll(concerned);
    }

    private Runnable offer(ModifyCall<S> call) {
        ModifyTurns.Turn<S> turn = turns.begin(call);
        return () -> {
            if (!call.run(() -> take(turn))) {
                turns.end(turn);
            }
        };
    }

    private void take(ModifyTurns.Turn<S> turn) {
        ModifyBatch<S> current;
        boolean proof;
        S session;
        synchronized (this) {
            if (!turns.start(turn)) {
                return;
            }
            current = Objects.requireNonNull(pipeline.batch());
            proof = current.isProof(turn.call());
            session = current.take();
        }
        apply(turn, current, session, proof);
        advance(current);
    }

    private void apply(ModifyTurns.Turn<S> turn, ModifyBatch<S> current, @Nullable S given, boolean proof) {
        ModifyCall<S> call = turn.call();
        if (call.isAnswered() || !call.accepts(current.base())) {
            turns.end(turn);
            call.completeHere(() -> target.otherStart(call, current.base()));
            return;
        }
        try {
            S session = given == null ? target.copy(current.current()) : given;
            if (call.apply(session, current.isRead() ? current.base() : null)) {
                accept(turn, current, session, target.encode(session));
            } else {
                withdraw(turn, proof, () -> current.answerUnchanged(call, session));
            }
        } catch (RuntimeException | Error thrown) {
            withdraw(turn, proof, () -> call.answer().completeExceptionally(thrown));
        }
    }

    /** Ends a turn that leaves nothing to be stored; it is the call's outcome only if a stored session is the reason. */
    private void withdraw(ModifyTurns.Turn<S> turn, boolean proof, Runnable outcome) {
        turns.end(turn);
        if (proof) {
            outcome.run();
        } else {
            turn.call().requireRead();
            resubmit.accept(turn.call());
        }
    }

    private void accept(ModifyTurns.Turn<S> turn, ModifyBatch<S> current, S session, SessionData data) {
        boolean held;
        synchronized (this) {
            held = turns.end(turn);
            if (held) {
                current.accept(turn.call(), session, data);
            }
        }
        if (!held) {
            resubmit.accept(turn.call());
        }
    }

    /** The others go on with the state before that call's change. */
    private void passOver(ModifyTurns.Turn<S> late) {
        synchronized (this) {
            if (!late.isStarted()) {
                pending.addAgain(late.call());
            }
            pipeline.closeBatch();
        }
        advance(null);
    }

    private Runnable write(ModifyBatch<S> full, boolean here) {
        pipeline.write(full);
        Runnable write = () -> {
            boolean notify = target.hasListeners();
            var unused = target.write(full.stored(), full.data(), full.token(), full.hasBlockingCall())
                    .whenComplete((reply, failure) -> onWritten(full, notify, reply, failure));
        };
        return here ? write : () -> full.run(write);
    }

    private void onWritten(
            ModifyBatch<S> written, boolean notify, @Nullable StoreReply reply, @Nullable Throwable failure) {
        if (reply instanceof StoreReply.Done done) {
            synchronized (this) {
                pipeline.stored();
                backOff();
            }
            advance(null); // before listeners are called: they may want to modify the session
            try {
                written.answer(notify, done);
            } finally {
                synchronized (this) {
                    pipeline.answered();
                }
                advance(null);
            }
            return;
        }
        if (reply instanceof StoreReply.VersionConflict conflict) {
            repeat(written.refusedBy(conflict, attempts), conflict);
        } else {
            repeat(List.of(), null);
            if (failure != null) {
                written.fail(Futures.cause(failure));
            } else if (reply != null) {
                written.refuse(reply);
            }
        }
        advance(null);
    }

    /** Makes refused changes again, and after them those that were made to the state which so was not stored. */
    private synchronized void repeat(List<ModifyCall<S>> refused, StoreReply.@Nullable VersionConflict conflict) {
        List<ModifyCall<S>> again = new ArrayList<>(refused);
        again.addAll(pipeline.notStored());
        turns.revoke().ifPresent(again::add);
        again.forEach(ModifyCall::reset);
        pending.putBack(again);
        if (conflict == null || !pipeline.lost(conflict.session())) {
            backOff();
        }
    }

    private void backOff() {
        if (!pending.isEmpty() && pipeline.pause(this::resume)) {
            state = State.BACKING_OFF;
        }
    }

    private void resume() {
        begin(null);
        advance(null);
    }
}
