package io.sessiontracker.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.support.Durations;

/** The changes of reminders that an instance has, until a write stores them. */
final class PendingReminders {

    private PendingReminders() {}

    static List<ReminderChange> of(Session session) {
        Map<String, Duration> changes = SessionInternals.reminders(session);
        if (changes.isEmpty()) {
            return List.of();
        }
        return changes.entrySet().stream()
                .map(change -> change(change.getKey(), change.getValue()))
                .toList();
    }

    private static ReminderChange change(String name, Duration offset) {
        if (offset.isZero()) {
            return ReminderChange.cancellation(name);
        }
        return offset.isNegative()
                ? ReminderChange.beforeExpiry(name, Durations.millis(offset.negated()))
                : ReminderChange.after(name, Durations.millis(offset));
    }

    /** Gives a copy the changes that come with data which are not stored yet. */
    static void restore(Session copy, List<ReminderChange> changes) {
        if (!changes.isEmpty()) {
            Map<String, Duration> offsets = new LinkedHashMap<>();
            changes.forEach(
                    change -> offsets.put(change.name(), Duration.ofMillis(change.after() - change.beforeExpiry())));
            SessionInternals.reminders(copy, offsets);
        }
    }
}
