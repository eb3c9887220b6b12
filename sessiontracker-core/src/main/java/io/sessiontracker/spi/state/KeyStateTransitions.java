package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.state.KeyState.CompletedCall;
import io.sessiontracker.spi.state.KeyState.ExpiredSession;
import io.sessiontracker.spi.state.KeyState.Part;
import org.jspecify.annotations.Nullable;

/**
 * What each call of {@link io.sessiontracker.spi.SessionDataProvider} on a session makes of a key's state at a moment. Pure: nothing here has
 * a side effect, and the same arguments give the same outcome. A method that needs a part which is not loaded throws a
 * PartNotLoadedException.
 *
 * @param state the state before the call, {@linkplain KeyState#prune pruned}
 * @param now the moment, by the store's clock
 */
public record KeyStateTransitions(KeyState state, long now) {

    /** How long a driver may take to send a command again. */
    private static final long REMEMBERED_MILLIS = 60_000;

    /**
     * What a transition makes of a state.
     *
     * @param state the next state; the same as before where nothing is changed
     * @param reply the answer to the caller
     */
    public record Outcome<R>(KeyState state, R reply) {}

    /** See {@link io.sessiontracker.spi.SessionDataProvider#start}. */
    public Outcome<StoreReply> start(
            List<String> ids, SessionData data, Lifetimes lifetimes, OperationToken token, boolean touchRunning) {
        SessionEntry running = state.running();
        if (running != null && running.isStartOf(ids)) {
            return startAgain(running, data, lifetimes, token);
        }
        SessionEntry startedBefore = startedBy(token);
        if (startedBefore != null) {
            return unchanged(startedBefore == running ? running.startReply() : startedBefore.formerStartReply());
        }
        if (running != null) {
            KeyState next = touchRunning ? state.withRunning(running.touched(now)) : state;
            return new Outcome<>(next, new StoreReply.InProgress(running.session()));
        }
        SessionEntry started = SessionEntry.started(ids.get(0), now, data, token, lifetimes);
        return new Outcome<>(state.withWritten(started, data, now), started.startReply());
    }

    private Outcome<StoreReply> startAgain(
            SessionEntry running, SessionData data, Lifetimes lifetimes, OperationToken token) {
        if (running.isLaterThan(token)) {
            return unchanged(running.startReply());
        }
        Deadline deadline = running.transitioned()
                ? running.deadline().touched(now)
                : Deadline.of(lifetimes, running.startedAt(), now);
        boolean queryable = running.transitioned() ? running.isIndexed() : lifetimes.queryable();
        SessionEntry again =
                running.written(running.version(), data, token, queryable).withDeadline(deadline);
        return new Outcome<>(state.withWritten(again, data, now), again.startReply());
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#get(io.sessiontracker.spi.SessionAddress, boolean)}. */
    public Outcome<StoreReply> get(boolean touch) {
        SessionEntry running = state.running();
        if (running == null) {
            return unchanged(absent());
        }
        SessionEntry read = touch ? running.touched(now) : running;
        return new Outcome<>(state.withRunning(read), read(read.session()));
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#getIfChanged}. */
    public Outcome<StoreReply> getIfChanged(SessionVersion known, OperationToken write, boolean touch) {
        Outcome<StoreReply> get = get(touch);
        SessionEntry running = get.state().running();
        return running != null && running.isAt(known, write)
                ? new Outcome<>(
                        get.state(), new StoreReply.Unchanged(running.deadline().at()))
                : get;
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#getFinished}; needs {@link Part#FINISHED}. */
    public Outcome<StoreReply> getFinished() {
        SessionEntry finished = state.finished();
        if (finished == null) {
            return unchanged(state.running() == null ? new StoreReply.NotFound() : new StoreReply.AlreadyResumed());
        }
        SessionEntry touched = finished.loaded(Part.FINISHED).touched(now);
        return new Outcome<>(state.withFinished(touched), read(touched.session()));
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#touch}. */
    public Outcome<StoreReply> touch() {
        SessionEntry running = state.running();
        return running == null ? unchanged(absent()) : expiring(running.touched(now));
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#expiry}. */
    public Outcome<StoreReply> expiry(@Nullable String id) {
        return expiring(id, UnaryOperator.identity());
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#expire}. */
    public Outcome<StoreReply> expire(@Nullable String id, Lifetimes lifetimes) {
        Outcome<StoreReply> expiring = expiring(
                id, running -> running.expiring(running.deadline().replaced(Deadline.of(lifetimes, now, now), now)));
        return expiring.state() == state
                ? expiring
                : new Outcome<>(expiring.state().withReviewedReminders(now), expiring.reply());
    }

    private Outcome<StoreReply> expiring(@Nullable String id, UnaryOperator<SessionEntry> change) {
        SessionEntry running = state.running();
        if (running == null) {
            return unchanged(absent());
        }
        return id == null || id.equals(running.id()) ? expiring(change.apply(running)) : unchanged(conflict(running));
    }

    private Outcome<StoreReply> expiring(SessionEntry running) {
        return new Outcome<>(
                state.withRunning(running),
                new StoreReply.Done(null, 0, running.deadline().at()));
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#update}. */
    public Outcome<StoreReply> update(
            SessionVersion expected, @Nullable OperationToken write, SessionData data, OperationToken token) {
        SessionEntry running = state.running();
        if (running != null && (running.isAt(expected, write) || running.isUpdateOf(expected, token))) {
            SessionEntry updated = running.written(expected.next(), data, token).touched(now);
            return new Outcome<>(
                    state.withWritten(updated, data, now),
                    new StoreReply.Done(null, now, updated.deadline().at()));
        }
        if (Stream.concat(current(), removed()).anyMatch(entry -> entry.hadUpdateOf(expected, token))) {
            return unchanged(done());
        }
        return unchanged(running == null ? absent() : conflict(running));
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#finish}. */
    public Outcome<StoreReply> finish(
            @Nullable SessionVersion expected, Lifetimes lifetimes, OperationToken token, boolean returnSession) {
        CompletedCall before = state.call(token);
        if (before != null) {
            return unchanged(replay(before, returnSession));
        }
        SessionEntry running = state.running();
        SessionEntry finished = state.finished();
        if (running != null && isExpected(running, expected)) {
            SessionEntry replacement = running.transitioned(Deadline.of(lifetimes, now, now), lifetimes.queryable());
            return completed(
                    state.withRunning(null).withFinished(replacement),
                    token,
                    replacement,
                    returnSession,
                    finished == null ? List.of() : List.of(finished));
        }
        if (finished != null && isExpected(finished, expected)) {
            return unchanged(new StoreReply.AlreadyFinished());
        }
        return unchanged(refusal(running, finished));
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#resume}; needs {@link Part#FINISHED}. */
    public Outcome<StoreReply> resume(
            @Nullable SessionVersion expected, Lifetimes lifetimes, OperationToken token, boolean returnSession) {
        CompletedCall before = state.call(token);
        if (before != null) {
            return unchanged(replay(before, returnSession));
        }
        SessionEntry finished = state.finished();
        if (state.running() != null) {
            return unchanged(new StoreReply.AlreadyResumed());
        }
        if (finished == null || !isExpected(finished, expected)) {
            return unchanged(refusal(null, finished));
        }
        SessionEntry resumed =
                finished.loaded(Part.FINISHED).transitioned(Deadline.of(lifetimes, now, now), lifetimes.queryable());
        return completed(state.withFinished(null).withRunning(resumed), token, resumed, returnSession, List.of());
    }

    /** See {@link io.sessiontracker.spi.SessionDataProvider#delete}; may need {@link Part#FINISHED}. */
    public Outcome<StoreReply> delete(
            SessionStates states, @Nullable SessionVersion expected, OperationToken token, boolean returnSession) {
        CompletedCall before = state.call(token);
        if (before != null) {
            return unchanged(replay(before, returnSession));
        }
        SessionEntry running = states.hasRunning() ? state.running() : null;
        SessionEntry finished = states.hasFinished() ? state.finished() : null;
        KeyState next = state;
        List<SessionEntry> removed = new ArrayList<>();
        if (running != null && isExpected(running, expected)) {
            next = next.withRunning(null);
            removed.add(running);
        }
        if (finished != null && isExpected(finished, expected)) {
            next = next.withFinished(null);
            removed.add(finished);
        }
        return removed.isEmpty()
                ? unchanged(refusal(running, finished))
                : completed(next, token, removed.get(0), returnSession, removed);
    }

    /** Returns what concerns expired sessions awaiting delivery. */
    public DeliveryTransitions delivery() {
        return new DeliveryTransitions(state, now);
    }

    /** Returns the session that this call or another attempt of it started. */
    private @Nullable SessionEntry startedBy(OperationToken token) {
        return Stream.of(current(), removed(), state.expired().stream().map(ExpiredSession::entry))
                .flatMap(Function.identity())
                .filter(entry -> token.isStartOf(entry.id()))
                .findFirst()
                .orElse(null);
    }

    private Stream<SessionEntry> current() {
        return Stream.of(state.running(), state.finished()).filter(Objects::nonNull);
    }

    private Stream<SessionEntry> removed() {
        return state.calls().stream().flatMap(call -> call.removed().stream());
    }

    /** Answers a call that was done before: with the session wherever it is now, without it if it is gone. */
    private StoreReply replay(CompletedCall call, boolean returnSession) {
        return current()
                .filter(entry -> entry.id().equals(call.id()))
                .findFirst()
                .map(entry -> done(entry, returnSession))
                .orElse(done());
    }

    private Outcome<StoreReply> completed(
            KeyState next,
            OperationToken token,
            SessionEntry entry,
            boolean returnSession,
            List<SessionEntry> removed) {
        List<SessionEntry> headers = removed.stream().map(SessionEntry::header).toList();
        CompletedCall call = new CompletedCall(token, entry.id(), headers, now + REMEMBERED_MILLIS);
        return new Outcome<>(next.withCall(call), done(entry, returnSession));
    }

    private Outcome<StoreReply> unchanged(StoreReply reply) {
        return new Outcome<>(state, reply);
    }

    private StoreReply absent() {
        return state.finished() == null ? new StoreReply.NotFound() : new StoreReply.AlreadyFinished();
    }

    private static boolean isExpected(SessionEntry entry, @Nullable SessionVersion expected) {
        return expected == null || entry.version().equals(expected);
    }

    private static StoreReply refusal(@Nullable SessionEntry running, @Nullable SessionEntry finished) {
        SessionEntry other = running != null ? running : finished;
        return other == null ? new StoreReply.NotFound() : conflict(other);
    }

    private static StoreReply conflict(SessionEntry entry) {
        return new StoreReply.VersionConflict(entry.version().version(), entry.data() == null ? null : entry.session());
    }

    private static StoreReply read(StoredSession session) {
        return new StoreReply.Done(session, 0);
    }

    /** Answers with a running or finished session: its data are at hand, or they are the finished part. */
    private StoreReply done(SessionEntry entry, boolean returnSession) {
        return new StoreReply.Done(returnSession ? entry.loaded(Part.FINISHED).session() : null, now);
    }

    private StoreReply done() {
        return new StoreReply.Done(null, now);
    }
}
