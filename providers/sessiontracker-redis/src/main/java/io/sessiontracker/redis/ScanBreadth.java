package io.sessiontracker.redis;

import io.sessiontracker.redis.script.IndexScripts;
import io.sessiontracker.redis.script.IndexScripts.Found;

/** Decides how many buckets a scan covers next, by what it has found so far. */
final class ScanBreadth {

    /** How many ranges of an index one call looks for at most: some microseconds each. */
    private static final int MAX_RANGES = 256;
    /** With more values, a call would cover few buckets only. */
    private static final int MAX_VALUES_IN_ONE_CALL = 8;

    private static final int FIRST_BUCKETS = 10;
    /** A page that continues an indexed query follows a full one, so there are many matches. */
    private static final int FIRST_BUCKETS_CONTINUED = 32;

    private final int values;
    private final boolean begins;
    private int scanned;
    private long members;

    /**
     * Begins without knowing anything.
     *
     * @param values how many values the script looks for in each bucket; 0 if it returns all members
     * @param begins whether the scan is the query's first one
     */
    ScanBreadth(int values, boolean begins) {
        this.values = values;
        this.begins = begins;
    }

    void found(Found found) {
        scanned += found.scanned();
        members += found.members();
    }

    boolean suitsOneCall() {
        return suitsOneCall(values);
    }

    static boolean suitsOneCall(int values) {
        return values <= MAX_VALUES_IN_ONE_CALL;
    }

    /** Returns how many buckets one call covers, which stops when it has found enough: rather too many than too few. */
    int inOneCall(int wanted) {
        int most = MAX_RANGES / Math.max(1, values);
        if (scanned > 0) {
            return (int) Math.min(most, FIRST_BUCKETS + 2 * enough(wanted));
        }
        int first = begins ? most : Math.min(most, FIRST_BUCKETS_CONTINUED);
        return values == 0 ? FIRST_BUCKETS : first;
    }

    /** Returns how many buckets are scanned by a call each: one at first, as it often has enough. */
    int ofOneEach(int wanted) {
        return scanned == 0 ? 1 : (int) Math.min(enough(wanted), IndexScripts.BUCKETS_AT_ONCE);
    }

    private long enough(int wanted) {
        return (long) Math.ceil((double) wanted * scanned / Math.max(members, 1));
    }
}
