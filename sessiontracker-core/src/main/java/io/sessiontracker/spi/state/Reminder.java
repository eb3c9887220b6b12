package io.sessiontracker.spi.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.spi.ReminderChange;

/**
 * A reminder of the running session. Moments are milliseconds since the epoch by the store's clock.
 *
 * @param name distinguishes it from others of the session
 * @param at when it is due; 0 if it is due before the session's deadline
 * @param beforeExpiry how long before the deadline it is due; 0 if it is not
 * @param deliveredFor the deadline before which it was delivered; 0 for none
 * @param next when to look at it next: its claim ends then, or it is due then at the earliest. As touches change no reminder, it may
 *     have been moved since. A start that arrives again with shorter lifetimes may make it due earlier; then it is late
 * @param attempts how often it was claimed since it was last acknowledged
 */
public record Reminder(String name, long at, long beforeExpiry, long deliveredFor, long next, int attempts) {

    /** The longest time until a reminder is looked at; a store that forgets by time keeps it so much longer. */
    public static final long WEEK_MILLIS = TimeUnit.DAYS.toMillis(7);

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SAME_MILLIS = 1_000;

    /** Returns reminders as a write changes them, in the order of their names. */
    static List<Reminder> changed(List<Reminder> stored, List<ReminderChange> changes, Deadline deadline, long now) {
        if (changes.isEmpty()) {
            return stored;
        }
        List<Reminder> changed = new ArrayList<>(stored);
        for (ReminderChange change : changes) {
            changed.removeIf(each -> each.name.equals(change.name()));
            if (!change.isCancellation()) {
                long at = change.after() == 0 ? 0 : now + change.after();
                // So that the moment before the expiry is one of this era.
                long before = Math.min(change.beforeExpiry(), now);
                Reminder reminder = new Reminder(change.name(), at, before, 0, 0, 0);
                changed.add(reminder.waiting(deadline, now));
            }
        }
        changed.sort((one, other) -> one.name.compareTo(other.name));
        return List.copyOf(changed);
    }

    /** Returns when this is due, as things are; {@link Long#MAX_VALUE} for never. */
    long dueAt(Deadline deadline) {
        if (at > 0) {
            return at;
        }
        return deadline.at() == NEVER || isDeliveredFor(deadline) ? NEVER : deadline.at() - beforeExpiry;
    }

    /** Returns whether it was delivered before that deadline, or one as good as that: a store may know a deadline by a TTL only. */
    private boolean isDeliveredFor(Deadline deadline) {
        return deliveredFor > 0 && deadline.at() - deliveredFor < SAME_MILLIS;
    }

    /** Returns whether touches cannot defer that deadline any more. */
    private static boolean isLast(Deadline deadline) {
        return deadline.sliding() == 0 || deadline.absolute() - deadline.at() < SAME_MILLIS;
    }

    /** Returns this as it waits until it is due. */
    Reminder waiting(Deadline deadline, long now) {
        long until = dueAt(deadline);
        if (isDeliveredFor(deadline)) {
            // If the session is touched right now, this is due again after so long, or as long before the end that no
            // touch defers.
            long touched = now + Math.max(deadline.sliding() - beforeExpiry, 0);
            long again = Math.max(now, Math.min(touched, deadline.absolute() - beforeExpiry));
            until = isLast(deadline) ? deadline.at() : Math.min(deadline.at(), again);
        }
        return withNext(Math.min(until, now + WEEK_MILLIS));
    }

    /** Returns this with a claim more. */
    public Reminder claimed(long until) {
        return new Reminder(name, at, beforeExpiry, deliveredFor, until, attempts + 1);
    }

    /** Returns this to be looked at again, if its moment depends on the deadline, and it is not claimed. */
    public Reminder reviewed(long now) {
        return at > 0 || attempts > 0 ? this : withNext(Math.min(next, now));
    }

    /** Returns whether this is what was claimed as due at that moment, and not delivered for that yet. */
    boolean isClaimedFor(long dueAt) {
        return attempts > 0 && (at > 0 ? at == dueAt : dueAt + beforeExpiry != deliveredFor);
    }

    /** Returns this after it was delivered for that moment: due again before a later deadline. */
    Reminder delivered(long dueAt, long now) {
        return new Reminder(name, at, beforeExpiry, dueAt + beforeExpiry, now, 0);
    }

    private Reminder withNext(long replacement) {
        return replacement == next ? this : new Reminder(name, at, beforeExpiry, deliveredFor, replacement, attempts);
    }
}
