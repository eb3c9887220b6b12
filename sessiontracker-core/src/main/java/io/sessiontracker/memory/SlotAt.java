package io.sessiontracker.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import org.jspecify.annotations.Nullable;

/**
 * What each call of {@link io.sessiontracker.spi.SessionDataProvider} makes of a slot at a moment. Nothing here has a side
 * effect.
 */
record SlotAt(Slot slot, long now) {

    /** How long a driver may take to send a command again. */
    private static final long REMEMBERED_MILLIS = 60_000;

    private static final StoreReply DONE = new StoreReply.Done(null);

    /** The slot after a call, and its answer. */
    record Step(Slot slot, StoreReply reply) {}

    Step start(List<String> ids, SessionData data, Lifetimes lifetimes, OperationToken token, boolean touchRunning) {
        Entry running = running();
        if (running != null && running.isStartOf(ids)) {
            return startAgain(running, data, lifetimes, token);
        }
        Entry sentBefore = withId(ids.get(0));
        if (sentBefore != null) {
            return unchanged(sentBefore.started());
        }
        if (running != null) {
            Slot next = touchRunning ? slot.withRunning(running.touched(now)) : slot;
            return new Step(next, new StoreReply.InProgress(running.session()));
        }
        StoredSession session = new StoredSession(new SessionVersion(ids.get(0), 1), now, data);
        Entry started = new Entry(session, token, false, Deadline.of(lifetimes, now, now));
        return new Step(slot.withRunning(started), started.started());
    }

    private Step startAgain(Entry running, SessionData data, Lifetimes lifetimes, OperationToken token) {
        if (running.isLaterThan(token)) {
            return unchanged(running.started());
        }
        Entry again = running.written(running.version(), data, token)
                .due(Deadline.of(lifetimes, running.session().startedAt(), now));
        return new Step(slot.withRunning(again), again.started());
    }

    Step get(boolean touch) {
        Entry running = running();
        if (running == null) {
            return unchanged(absent());
        }
        return new Step(touch ? slot.withRunning(running.touched(now)) : slot, done(running, true));
    }

    Step getFinished() {
        Entry finished = finished();
        if (finished == null) {
            return unchanged(running() == null ? new StoreReply.NotFound() : new StoreReply.AlreadyResumed());
        }
        return new Step(slot.withFinished(finished.touched(now)), done(finished, true));
    }

    Step touch() {
        Entry running = running();
        return running == null ? unchanged(absent()) : new Step(slot.withRunning(running.touched(now)), DONE);
    }

    Step update(SessionVersion expected, SessionData data, OperationToken token) {
        Entry running = running();
        Entry finished = finished();
        if (running != null && (running.version().equals(expected) || running.isUpdateOf(expected, token))) {
            Entry updated = running.written(expected.next(), data, token).touched(now);
            return new Step(slot.withRunning(updated), DONE);
        }
        if (finished != null && finished.isUpdateOf(expected, token)) {
            return unchanged(DONE);
        }
        if (running != null) {
            return unchanged(conflict(running));
        }
        return unchanged(removed().anyMatch(entry -> entry.isUpdateOf(expected, token)) ? DONE : absent());
    }

    Step finish(@Nullable SessionVersion only, Lifetimes lifetimes, OperationToken token, boolean returning) {
        StoreReply before = settled(token);
        if (before != null) {
            return unchanged(before);
        }
        Entry running = running();
        Entry finished = finished();
        if (running != null && isMeant(running, only)) {
            Slot moved = slot.withRunning(null).withFinished(running.moved(Deadline.of(lifetimes, now, now)));
            return settle(moved, token, done(running, returning), List.of());
        }
        if (finished != null && isMeant(finished, only)) {
            return unchanged(new StoreReply.AlreadyFinished());
        }
        return unchanged(refusal(running, finished));
    }

    Step resume(@Nullable SessionVersion only, Lifetimes lifetimes, OperationToken token, boolean returning) {
        StoreReply before = settled(token);
        if (before != null) {
            return unchanged(before);
        }
        Entry finished = finished();
        if (running() != null) {
            return unchanged(new StoreReply.AlreadyResumed());
        }
        if (finished == null || !isMeant(finished, only)) {
            return unchanged(refusal(null, finished));
        }
        Slot moved = slot.withFinished(null).withRunning(finished.moved(Deadline.of(lifetimes, now, now)));
        return settle(moved, token, done(finished, returning), List.of());
    }

    Step delete(@Nullable SessionVersion only, OperationToken token) {
        StoreReply before = settled(token);
        if (before != null) {
            return unchanged(before);
        }
        Entry running = running();
        Entry finished = finished();
        Slot next = slot;
        List<Entry> removed = new ArrayList<>();
        if (running != null && isMeant(running, only)) {
            next = next.withRunning(null);
            removed.add(running);
        }
        if (finished != null && isMeant(finished, only)) {
            next = next.withFinished(null);
            removed.add(finished);
        }
        return removed.isEmpty() ? unchanged(refusal(running, finished)) : settle(next, token, DONE, removed);
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

    private @Nullable Entry withId(String id) {
        return Stream.concat(Stream.of(running(), finished()).filter(Objects::nonNull), removed())
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private Stream<Entry> removed() {
        return slot.settled().stream().flatMap(call -> call.removed().stream());
    }

    private @Nullable StoreReply settled(OperationToken token) {
        return slot.settled().stream()
                .filter(call -> call.token().operation() == token.operation())
                .map(Slot.Settled::reply)
                .findFirst()
                .orElse(null);
    }

    private Step settle(Slot next, OperationToken token, StoreReply reply, List<Entry> removed) {
        return new Step(next.with(new Slot.Settled(token, reply, removed, now + REMEMBERED_MILLIS)), reply);
    }

    private Step unchanged(StoreReply reply) {
        return new Step(slot, reply);
    }

    private StoreReply absent() {
        return finished() == null ? new StoreReply.NotFound() : new StoreReply.AlreadyFinished();
    }

    private static boolean isMeant(Entry entry, @Nullable SessionVersion only) {
        return only == null || entry.version().equals(only);
    }

    private static StoreReply refusal(@Nullable Entry running, @Nullable Entry finished) {
        Entry other = running != null ? running : finished;
        return other == null ? new StoreReply.NotFound() : conflict(other);
    }

    private static StoreReply conflict(Entry entry) {
        return new StoreReply.VersionConflict(entry.version().version());
    }

    private static StoreReply done(Entry entry, boolean returning) {
        return new StoreReply.Done(returning ? entry.session() : null);
    }
}
