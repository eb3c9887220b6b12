package io.sessiontracker.memory;

/**
 * A session whose time has run out, kept to be told.
 *
 * @param entry its last state
 * @param claimedUntil until when somebody is telling it
 * @param attempts how often it was claimed
 */
record ExpiredSession(Entry entry, long claimedUntil, int attempts) {

    ExpiredSession claimed(long until) {
        return new ExpiredSession(entry, until, attempts + 1);
    }
}
