package io.sessiontracker.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.sessiontracker.Session;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * The changes that this process wants of one key. One call at a time has the turn: it reads the session if nobody has, and makes its
 * change by its own caller's thread, to the instance that the changes before it were made to. When nobody waits they are written
 * together. The next batch begins while that write is under way, with what it is expected to store; if it is refused, those changes
 * are made again.
 *
 * <p>Each event ends in {@link #advance}, which decides from the state alone what is to be done next.
 */
final class ModifyQueue<S extends Session> {

    private final ModifyTarget<S> target;
    private final int attempts;
    private final Consumer<ModifyCall<S>> resubmit;
    private final Consumer<ModifyQueue<S>> onEnd;

    // Guarded by this.
    private final Deque<ModifyCall<S>> waiting = new ArrayDeque<>();
    private final Contention contention = new Contention();
    private final ModifyTurns<S> turns;
    private @Nullable ModifyBatch<S> batch;
    private boolean writing;
    private boolean pausing;
    private boolean closed;
    private long arrivals;

    /**
     * @param attempts how many refused writes a change takes part in
     * @param patience how long a turn may take while others wait
     * @param resubmit called for a call that lost its turn, once its thread is free again
     * @param onEnd called when nothing is left to do: from then on it takes no call
     */
    ModifyQueue(
            ModifyTarget<S> target,
            int attempts,
            Duration patience,
            Consumer<ModifyCall<S>> resubmit,
            Consumer<ModifyQueue<S>> onEnd) {
        this.target = target;
        this.attempts = attempts;
        this.resubmit = resubmit;
        this.onEnd = onEnd;
        this.turns = new ModifyTurns<>(patience, this, this::passOver);
    }

    /** Adds a call; false if this queue has come to its end. */
    boolean submit(ModifyCall<S> call) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            call.arrived(++arrivals);
            waiting.addLast(call);
            if (arrivals > 1) {
                turns.watch();
            }
        }
        advance();
        return true;
    }

    private void advance() {
        advance(null);
    }

    /** @param own the batch that this thread has just made its change for, and may write without waking another thread */
    private void advance(@Nullable ModifyBatch<S> own) {
        Runnable step = step(own);
        while (step != null) {
            step.run();
            step = step(own);
        }
    }

    /** What is to be done now; null if that is up to the turn's holder, the store or a pause. */
    private synchronized @Nullable Runnable step(@Nullable ModifyBatch<S> own) {
        if (closed || pausing || turns.isTaken()) {
            return null;
        }
        if (batch == null ? !writing : batch.isOpen()) {
            ModifyCall<S> next = nextWaiting();
            if (next != null) {
                return offer(next);
            }
        }
        if (writing) {
            return null;
        }
        if (batch != null && !batch.isEmpty()) {
            return write(batch, batch == own);
        }
        batch = null;
        closed = true;
        turns.unwatch();
        return () -> onEnd.accept(this);
    }

    private @Nullable ModifyCall<S> nextWaiting() {
        ModifyCall<S> call = waiting.pollFirst();
        while (call != null && call.isAnswered()) {
            call = waiting.pollFirst();
        }
        return call;
    }

    private Runnable offer(ModifyCall<S> call) {
        ModifyTurns.Turn<S> turn = turns.begin(call);
        return () -> {
            if (!call.run(() -> take(turn))) {
                end(turn);
            }
        };
    }

    private synchronized boolean end(ModifyTurns.Turn<S> turn) {
        return turns.end(turn);
    }

    private void take(ModifyTurns.Turn<S> turn) {
        ModifyBatch<S> current;
        S session;
        synchronized (this) {
            current = batch;
            if (!turns.start(turn, current == null)) {
                return;
            }
            session = current == null || turn.call().isAnswered() ? null : current.take();
        }
        if (turn.call().isAnswered()) {
            end(turn);
            advance();
        } else if (current == null) {
            read(turn);
        } else {
            apply(turn, current, session);
            advance(current);
        }
    }

    private void read(ModifyTurns.Turn<S> turn) {
        long asked;
        synchronized (this) {
            asked = arrivals;
        }
        var unused = target.read().whenComplete((reply, failure) -> {
            onRead(turn, asked, reply, failure);
            advance();
        });
    }

    private void onRead(ModifyTurns.Turn<S> turn, long asked, @Nullable StoreReply reply, @Nullable Throwable failure) {
        if (reply instanceof StoreReply.Done done && done.session() != null) {
            synchronized (this) {
                batch = new ModifyBatch<>(target, done.session());
                waiting.addFirst(turn.call());
                turns.end(turn);
            }
        } else if (failure != null) {
            // Where the driver blocks the thread, an interruption is the reader's own.
            long last = Thread.currentThread().isInterrupted() ? 0 : Long.MAX_VALUE;
            readers(turn, last).forEach(call -> call.fail(Futures.cause(failure)));
        } else if (reply != null) {
            // Who came after the read was sent may have started the session meanwhile.
            readers(turn, asked).forEach(call -> call.complete(() -> target.absence(reply)));
        }
    }

    private synchronized List<ModifyCall<S>> readers(ModifyTurns.Turn<S> turn, long last) {
        List<ModifyCall<S>> readers = new ArrayList<>(List.of(turn.call()));
        waiting.removeIf(call -> call.arrival() <= last && readers.add(call));
        turns.end(turn);
        return readers;
    }

    private void apply(ModifyTurns.Turn<S> turn, ModifyBatch<S> current, @Nullable S given) {
        ModifyCall<S> call = turn.call();
        if (!call.accepts(current.base())) {
            end(turn);
            call.completeHere(() -> target.otherStart(call, current.base()));
            return;
        }
        try {
            S session = given == null ? target.copy(current.current()) : given;
            call.apply(session, current.base());
            accept(turn, current, session, target.encode(session));
        } catch (RuntimeException | Error thrown) {
            end(turn);
            call.answer().completeExceptionally(thrown);
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
            turn.call().reset();
            resubmit.accept(turn.call());
        }
    }

    /** The others go on with the state before that call's change. */
    private void passOver(ModifyTurns.Turn<S> late) {
        synchronized (this) {
            if (!late.isStarted()) {
                waiting.addLast(late.call());
            }
            if (batch != null) {
                batch.close();
            }
        }
        advance();
    }

    private Runnable write(ModifyBatch<S> full, boolean here) {
        writing = true;
        batch = contention.isNone() ? new ModifyBatch<>(target, full.written()) : null;
        Runnable write = () -> {
            boolean notify = target.hasListeners();
            var unused = target.write(full.base(), full.data())
                    .whenComplete((reply, failure) -> onWritten(full, notify, reply, failure));
        };
        return here ? write : () -> full.run(write);
    }

    private void onWritten(
            ModifyBatch<S> written, boolean notify, @Nullable StoreReply reply, @Nullable Throwable failure) {
        if (reply instanceof StoreReply.Done done) {
            synchronized (this) {
                writing = false;
                contention.won();
                pause();
            }
            advance(); // before listeners are called: they may want to modify the session
            written.answer(notify, done.at());
            return;
        }
        if (reply instanceof StoreReply.VersionConflict conflict) {
            makeAgain(written.refusedBy(conflict, attempts), true);
        } else {
            makeAgain(List.of(), false);
            if (failure != null) {
                written.fail(Futures.cause(failure));
            } else if (reply != null) {
                written.refuse(reply);
            }
        }
        advance();
    }

    /** These, and those that went on from what was not stored. */
    private synchronized void makeAgain(List<ModifyCall<S>> refused, boolean conflict) {
        writing = false;
        List<ModifyCall<S>> again = new ArrayList<>(refused);
        if (batch != null) {
            again.addAll(batch.calls());
            batch = null;
            turns.revoke().ifPresent(again::add);
        }
        again.forEach(ModifyCall::reset);
        Collections.reverse(again);
        again.forEach(waiting::addFirst);
        if (conflict) {
            contention.lost();
            pause();
        }
    }

    /** Lets other processes write, too. */
    private void pause() {
        if (!waiting.isEmpty() || turns.isTaken()) {
            pausing = contention.pause(this::goOn);
        }
    }

    private void goOn() {
        synchronized (this) {
            pausing = false;
        }
        advance();
    }
}
