package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionData;
import org.jspecify.annotations.Nullable;

/**
 * The state of a key. Immutable; {@link KeyStateTransitions} make the next one of it.
 *
 * @param running the running session, always with its data; it may be due
 * @param finished the finished session; it may be due
 * @param calls the records of the last transitions and deletes, at most eight, the oldest first
 * @param expired the expired sessions awaiting delivery, at most sixteen, the oldest first
 * @param reminders the running session's, in the order of their names
 */
public record KeyState(
        @Nullable SessionEntry running,
        @Nullable SessionEntry finished,
        List<CompletedCall> calls,
        List<ExpiredSession> expired,
        List<Reminder> reminders) {

    /** The state of a key of which nothing is stored. */
    public static final KeyState EMPTY = new KeyState(null, null, List.of(), List.of(), List.of());

    private static final int MAX_CALLS = 8;
    private static final int MAX_EXPIRED = 16;

    /**
     * A part of a state besides its root: the data of a session that does not run.
     *
     * @param name distinguishes it from the key's other parts
     */
    public record Part(String name) {

        /** The data of the finished session. */
        public static final Part FINISHED = new Part("finished");
    }

    /**
     * The record of a finish, a resume or a delete, by which the same call is recognised when it arrives again.
     *
     * @param token the call's token
     * @param id the session that it was about
     * @param removed the headers of the sessions that it deleted or replaced, without their data
     * @param until when the record is dropped
     */
    public record CompletedCall(OperationToken token, String id, List<SessionEntry> removed, long until) {

        /** Copies the list. */
        public CompletedCall {
            removed = List.copyOf(removed);
        }
    }

    /**
     * A session that has expired and awaits delivery.
     *
     * @param entry its last state
     * @param claimedUntil when its claim ends; 0 if it was never claimed
     * @param attempts how often it was claimed
     */
    public record ExpiredSession(SessionEntry entry, long claimedUntil, int attempts) {

        /** Returns this with a claim more. */
        public ExpiredSession claimed(long until) {
            return new ExpiredSession(entry, until, attempts + 1);
        }

        /** Returns which part its data are. */
        public Part part() {
            return new Part("expired/" + entry.id());
        }

        ExpiredSession withEntry(SessionEntry replacement) {
            return replacement == entry ? this : new ExpiredSession(replacement, claimedUntil, attempts);
        }
    }

    /** Copies the lists. */
    public KeyState {
        calls = List.copyOf(calls);
        expired = List.copyOf(expired);
        reminders = List.copyOf(reminders);
    }

    /** Returns whether nothing need be stored. */
    public boolean isEmpty() {
        return running == null && finished == null && calls.isEmpty() && expired.isEmpty() && reminders.isEmpty();
    }

    /** Returns the moment from which on nothing of this is needed; {@link Long#MAX_VALUE} for never. */
    public long keptUntil() {
        LongStream ends = LongStream.concat(
                calls.stream().mapToLong(CompletedCall::until),
                expired.stream().mapToLong(each -> keptUntil(each.entry())));
        return LongStream.concat(ends, LongStream.of(keptUntil(running), keptUntil(finished)))
                .max()
                .orElseThrow();
    }

    /**
     * Returns the moment at which the first session that is in no index may be due: a lower bound, as in the deadline indexes;
     * {@link Long#MAX_VALUE} for never.
     */
    long unindexedUntil() {
        return Stream.of(running, finished)
                .filter(entry -> entry != null && !entry.isIndexed())
                .mapToLong(entry -> entry.deadline().indexed())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns whether a session of this, also one in the record of a call, is or was in the indexes, or awaits delivery. */
    public boolean hasIndexed() {
        return !expired.isEmpty()
                || running != null && running.isIndexed()
                || finished != null && finished.isIndexed()
                || calls.stream().flatMap(call -> call.removed().stream()).anyMatch(SessionEntry::isIndexed);
    }

    private static long keptUntil(@Nullable SessionEntry entry) {
        return entry == null ? Long.MIN_VALUE : entry.deadline().keptUntil();
    }

    /** Returns the root: this without the data that are parts of their own. */
    public KeyState root() {
        return withParts(Map.of());
    }

    /** Returns this root with the data of the given parts that belong to it; all other parts are left unloaded. */
    public KeyState withParts(Map<Part, SessionData> parts) {
        if (finished == null && expired.isEmpty()) {
            return this;
        }
        return new KeyState(
                running,
                finished == null ? null : finished.withData(parts.get(Part.FINISHED)),
                calls,
                expired.stream()
                        .map(each -> each.withEntry(each.entry().withData(parts.get(each.part()))))
                        .toList(),
                reminders);
    }

    /** Returns the sessions whose data are parts of their own. */
    Map<Part, SessionEntry> parts() {
        if (finished == null && expired.isEmpty()) {
            return Map.of();
        }
        Map<Part, SessionEntry> parts = new HashMap<>();
        if (finished != null) {
            parts.put(Part.FINISHED, finished);
        }
        expired.forEach(each -> parts.put(each.part(), each.entry()));
        return parts;
    }

    /** Returns this as the deadline indexes have it from now on. */
    KeyState reindexed(long now) {
        return withRunning(running == null ? null : running.reindexed(now))
                .withFinished(finished == null ? null : finished.reindexed(now));
    }

    /** Returns this with another running session, or the same one changed; without one there are no reminders. */
    KeyState withRunning(@Nullable SessionEntry replacement) {
        return replacement == running
                ? this
                : new KeyState(replacement, finished, calls, expired, replacement == null ? List.of() : reminders);
    }

    KeyState withFinished(@Nullable SessionEntry replacement) {
        return replacement == finished ? this : new KeyState(running, replacement, calls, expired, reminders);
    }

    /** Returns this with one call more, and without the oldest where there are too many. */
    KeyState withCall(CompletedCall call) {
        List<CompletedCall> more = new ArrayList<>(calls);
        more.add(call);
        return new KeyState(running, finished, last(more, MAX_CALLS), expired, reminders);
    }

    /** Returns the record of an attempt of the same operation; null if there is none. */
    @Nullable
    CompletedCall call(OperationToken token) {
        return calls.stream()
                .filter(call -> call.token().operation() == token.operation())
                .findFirst()
                .orElse(null);
    }

    /** Returns this without the expired session with that id; the same if there is none. */
    KeyState withoutExpired(String id) {
        List<ExpiredSession> others =
                expired.stream().filter(each -> !each.entry().id().equals(id)).toList();
        return others.size() == expired.size() ? this : withExpired(others);
    }

    /** Returns this with other expired sessions. */
    public KeyState withExpired(List<ExpiredSession> replacement) {
        return new KeyState(running, finished, calls, replacement, reminders);
    }

    /** Returns this with the running session that a write stored, and the reminders as the write changes them: only once if it is replayed. */
    KeyState withWritten(SessionEntry written, SessionData data, long now) {
        boolean isReplay = running != null
                && running.id().equals(written.id())
                && running.writes().get(0).equals(written.writes().get(0));
        return isReplay
                ? withRunning(written)
                : withRunning(written)
                        .withReminders(Reminder.changed(reminders, data.reminders(), written.deadline(), now));
    }

    /** Returns this after the running session was given another deadline. */
    KeyState withReviewedReminders(long now) {
        return withReminders(reminders.stream().map(each -> each.reviewed(now)).toList());
    }

    /** Returns this with other reminders. */
    public KeyState withReminders(List<Reminder> replacement) {
        return replacement.equals(reminders) ? this : new KeyState(running, finished, calls, expired, replacement);
    }

    /**
     * Returns this without running and finished sessions that are due. A running one that is kept for delivery is among the
     * expired ones then, so that its key is free.
     */
    public KeyState expire(long now) {
        if (isDue(running, now) && running != null && running.deadline().isAwaitingDelivery(now)) {
            List<ExpiredSession> more = new ArrayList<>(expired);
            more.add(new ExpiredSession(running, 0, 0));
            return new KeyState(null, finished, calls, last(more, MAX_EXPIRED), List.of()).expire(now);
        }
        return withRunning(isDue(running, now) ? null : running).withFinished(isDue(finished, now) ? null : finished);
    }

    private static boolean isDue(@Nullable SessionEntry entry, long now) {
        return entry != null && entry.deadline().isDue(now);
    }

    /** Returns this, {@linkplain #expire expired}, without the calls and expired sessions that need not be remembered any more. */
    public KeyState prune(long now) {
        KeyState living = expire(now);
        Predicate<CompletedCall> recent = call -> call.until() > now;
        Predicate<ExpiredSession> kept = each -> keptUntil(each.entry()) > now;
        if (living.calls.stream().allMatch(recent) && living.expired.stream().allMatch(kept)) {
            return living;
        }
        return new KeyState(
                living.running,
                living.finished,
                living.calls.stream().filter(recent).toList(),
                living.expired.stream().filter(kept).toList(),
                living.reminders);
    }

    private static <T> List<T> last(List<T> list, int count) {
        return list.subList(Math.max(0, list.size() - count), list.size());
    }
}
