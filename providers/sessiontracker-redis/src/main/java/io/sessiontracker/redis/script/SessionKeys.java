package io.sessiontracker.redis.script;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.redis.script.KeyLayout.Bucket;

/** The keys of the calls on one session, in the order in which the scripts' heads name them. */
record SessionKeys(Bucket bucket, String key) {

    /** How many keys come before those of the indexes. */
    static final int WITHOUT_INDEX = 3;

    List<byte[]> reading() {
        return List.of(bucket.session(false, key), bucket.session(true, key));
    }

    List<byte[]> touching(boolean finished) {
        return joined(reading(), bucket.index(finished));
    }

    List<byte[]> updating() {
        return joined(reading(), List.of(bucket.tombstones(key)), bucket.index(false));
    }

    List<byte[]> starting() {
        return joined(updating(), expired());
    }

    List<byte[]> updatingReminders() {
        return joined(updating(), reminders());
    }

    List<byte[]> startingWithReminders() {
        return joined(starting(), reminders());
    }

    List<byte[]> expiring() {
        return joined(touching(false), List.of(bucket.reminderTimes()));
    }

    /** Returns the keys of a finish or a deletion. */
    List<byte[]> ending() {
        return joined(updating(), bucket.index(true));
    }

    List<byte[]> resuming() {
        return joined(ending(), expired());
    }

    private List<byte[]> expired() {
        return List.of(bucket.expiredSessions(key), bucket.awaitingDelivery());
    }

    private List<byte[]> reminders() {
        return List.of(bucket.reminders(key), bucket.reminderTimes());
    }

    @SafeVarargs
    private static List<byte[]> joined(List<byte[]>... parts) {
        List<byte[]> keys = new ArrayList<>();
        for (List<byte[]> part : parts) {
            keys.addAll(part);
        }
        return keys;
    }
}
