package io.sessiontracker.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * What each call of {@link io.sessiontracker.spi.SessionDataProvider} makes of a slot at a moment. Nothing here has a side
 * effect.
 */
record KeyStateTransitions(KeyState slot, long now) {

    /** How long a driver may take to send a command again. */
    private static final long REMEMBERED_MILLIS = 60_000;

    /** The slot after a call, and its answer. */
    record Step(KeyState slot, StoreReply reply) {}

    Step start(List<String> ids, SessionData data, Lifetimes lifetimes, OperationToken token, boolean touchRunning) {
        Entry running = running();
        if (running != null && running.isStartOf(ids)) {
            return startAgain(running, data, lifetimes, token);
        }
        Entry sentBefore = startedBy(token);
        if (sentBefore != null) {
            return unchanged(sentBefore.started());
        }
        if (running != null) {
            KeyState next = touchRunning ? slot.withRunning(running.touched(now)) : slot;
            return new Step(next, new StoreReply.InProgress(running.session()));
        }
        StoredSession session = new StoredSession(new SessionVersion(ids.get(0), 1), now, data);
        Entry started = Entry.started(session, token, Deadline.of(lifetimes, now, now));
        return new Step(slot.withRunning(started), started.started());
    }

    private Step startAgain(Entry running, SessionData data, Lifetimes lifetimes, OperationToken token) {
        if (running.isLaterThan(token)) {
            return unchanged(running.started());
        }
        Deadline deadline = running.moved()
                ? running.deadline().touched(now)
                : Deadline.of(lifetimes, running.session().startedAt(), now);
        Entry again = running.written(running.version(), data, token).due(deadline);
        return new Step(slot.withRunning(again), again.started());
    }

    Step get(boolean touch) {
        Entry running = running();
        if (running == null) {
            return unchanged(absent());
        }
        return new Step(touch ? slot.withRunning(running.touched(now)) : slot, read(running.session()));
    }

    Step getFinished() {
        Entry finished = finished();
        if (finished == null) {
            return unchanged(running() == null ? new StoreReply.NotFound() : new StoreReply.AlreadyResumed());
        }
        return new Step(slot.withFinished(finished.touched(now)), read(finished.session()));
    }

    Step touch() {
        Entry running = running();
        return running == null ? unchanged(absent()) : new Step(slot.withRunning(running.touched(now)), read(null));
    }

    Step update(SessionVersion expected, SessionData data, OperationToken token) {
        Entry running = running();
        if (running != null && (running.version().equals(expected) || running.isUpdateOf(expected, token))) {
            Entry updated = running.written(expected.next(), data, token).touched(now);
            return new Step(slot.withRunning(updated), done());
        }
        if (Stream.concat(current(), removed()).anyMatch(entry -> entry.hadUpdateOf(expected, token))) {
            return unchanged(done());
        }
        return unchanged(running == null ? absent() : conflict(running));
    }

    Step finish(@Nullable SessionVersion expected, Lifetimes lifetimes, OperationToken token, boolean returnSession) {
        KeyState.Settled before = settled(token);
        if (before != null) {
            return unchanged(doneBefore(before, returnSession));
        }
        Entry running = running();
        Entry finished = finished();
        if (running != null && isMeant(running, expected)) {
            KeyState moved = slot.withRunning(null).withFinished(running.moved(Deadline.of(lifetimes, now, now)));
            List<Entry> replaced = finished == null ? List.of() : List.of(finished);
            return settle(moved, token, running, returnSession, replaced);
        }
        if (finished != null && isMeant(finished, expected)) {
            return unchanged(new StoreReply.AlreadyFinished());
        }
        return unchanged(refusal(running, finished));
    }

    Step resume(@Nullable SessionVersion expected, Lifetimes lifetimes, OperationToken token, boolean returnSession) {
        KeyState.Settled before = settled(token);
        if (before != null) {
            return unchanged(doneBefore(before, returnSession));
        }
        Entry finished = finished();
        if (running() != null) {
            return unchanged(new StoreReply.AlreadyResumed());
        }
        if (finished == null || !isMeant(finished, expected)) {
            return unchanged(refusal(null, finished));
        }
        KeyState moved = slot.withFinished(null).withRunning(finished.moved(Deadline.of(lifetimes, now, now)));
        return settle(moved, token, finished, returnSession, List.of());
    }

    Step delete(SessionStates copies, @Nullable SessionVersion expected, OperationToken token, boolean returnSession) {
        KeyState.Settled before = settled(token);
        if (before != null) {
            return unchanged(doneBefore(before, returnSession));
        }
        Entry running = copies.hasRunning() ? running() : null;
        Entry finished = copies.hasFinished() ? finished() : null;
        KeyState next = slot;
        List<Entry> removed = new ArrayList<>();
        if (running != null && isMeant(running, expected)) {
            next = next.withRunning(null);
            removed.add(running);
        }
        if (finished != null && isMeant(finished, expected)) {
            next = next.withFinished(null);
            removed.add(finished);
        }
        return removed.isEmpty()
                ? unchanged(refusal(running, finished))
                : settle(next, token, removed.get(0), returnSession, removed);
    }

    private @Nullable Entry running() {
        return living(slot.running());
    }

    private @Nullable Entry finished() {
        return living(slot.finished());
    }

    private @Nullable Entry living(@Nullable Entry entry) {
        return entry == null || entry.deadline().isDue(now) ? null : entry;
    }

    /** By that call, sent before, or by another attempt of it. */
    private @Nullable Entry startedBy(OperationToken token) {
        return Stream.of(current(), removed(), slot.untold().stream().map(ExpiredSession::entry))
                .flatMap(Function.identity())
                .filter(entry -> token.isStartOf(entry.id()))
                .findFirst()
                .orElse(null);
    }

    private Stream<Entry> current() {
        return Stream.of(running(), finished()).filter(Objects::nonNull);
    }

    private Stream<Entry> removed() {
        return slot.settled().stream().flatMap(call -> call.removed().stream());
    }

    private KeyState.@Nullable Settled settled(OperationToken token) {
        return slot.settled().stream()
                .filter(call -> call.token().operation() == token.operation())
                .findFirst()
                .orElse(null);
    }

    /** With the session wherever it is now; without it if it is gone. */
    private StoreReply doneBefore(KeyState.Settled call, boolean returnSession) {
        return current()
                .filter(entry -> entry.id().equals(call.id()))
                .findFirst()
                .map(entry -> done(entry, returnSession))
                .orElse(done());
    }

    private Step settle(KeyState next, OperationToken token, Entry entry, boolean returnSession, List<Entry> removed) {
        KeyState.Settled call = new KeyState.Settled(token, entry.id(), removed, now + REMEMBERED_MILLIS);
        return new Step(next.with(call), done(entry, returnSession));
    }

    private Step unchanged(StoreReply reply) {
        return new Step(slot, reply);
    }

    private StoreReply absent() {
        return finished() == null ? new StoreReply.NotFound() : new StoreReply.AlreadyFinished();
    }

    private static boolean isMeant(Entry entry, @Nullable SessionVersion expected) {
        return expected == null || entry.version().equals(expected);
    }

    private static StoreReply refusal(@Nullable Entry running, @Nullable Entry finished) {
        Entry other = running != null ? running : finished;
        return other == null ? new StoreReply.NotFound() : conflict(other);
    }

    private static StoreReply conflict(Entry entry) {
        return new StoreReply.VersionConflict(entry.version().version());
    }

    private static StoreReply read(@Nullable StoredSession session) {
        return new StoreReply.Done(session, 0);
    }

    private StoreReply done(Entry entry, boolean returnSession) {
        return new StoreReply.Done(returnSession ? entry.session() : null, now);
    }

    private StoreReply done() {
        return new StoreReply.Done(null, now);
    }

    /** Claims those that nobody is telling. */
    Claim claim(String key, int limit, long leaseMillis) {
        List<ExpiredSession> next = new ArrayList<>();
        List<SessionSweep.Expired> claimed = new ArrayList<>();
        for (ExpiredSession untold : slot.untold()) {
            boolean free = untold.claimedUntil() <= now && claimed.size() < limit;
            ExpiredSession current = free ? untold.claimed(now + leaseMillis) : untold;
            next.add(current);
            if (free) {
                Entry entry = untold.entry();
                claimed.add(new SessionSweep.Expired(
                        key, entry.session(), entry.deadline().at(), current.attempts()));
            }
        }
        return new Claim(slot.withUntold(next), claimed);
    }

    /** The slot after a claim, and what was claimed. */
    record Claim(KeyState slot, List<SessionSweep.Expired> claimed) {}

    KeyState acknowledgeExpired(String id) {
        return slot.withUntold(slot.untold().stream()
                .filter(untold -> !untold.entry().id().equals(id))
                .toList());
    }
}
