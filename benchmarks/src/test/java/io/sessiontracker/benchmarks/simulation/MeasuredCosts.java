package io.sessiontracker.benchmarks.simulation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Microseconds of a Redis server's processor, and bytes: medians of three runs of {@link ServerTimeMain} on 2 virtual processors with
 * Redis 6.2 on the same machine, which did other work as well, 2026-11-22. A payload has 0.5 KB.
 */
final class MeasuredCosts {

    /** An empty request. */
    static final double REQUEST = 4.7;

    static final double GET = 5.8;
    /** A read and a write. */
    static final double CHANGE = 21;

    static final double UPDATE = CHANGE - GET;
    static final double START = 39;
    static final double FINISH = 46;
    static final double START_NOT_QUERYABLE = 15.4;
    static final double FINISH_NOT_QUERYABLE = 15.9;
    static final double PAGE = 1_300;
    static final double COUNT = 285;
    /** Three requests: lock and read, write, release. */
    static final double LOCKED_CHANGE = 34;

    static final double LOCK_REFUSED = 8.4;

    /** Writing messages to one subscriber, however many they are: the cost of one alone. */
    static final double MESSAGES_WRITTEN = 5.5;

    /** Each of these: so 16 of them, and 128, cost what they did. */
    static final double MESSAGE = 0.2;

    static final int MESSAGE_BYTES = 88;

    /** A claim of a type that finds nothing. */
    static final double IDLE_CLAIM = 404;
    /** Finding and claiming one expired session. */
    static final double CLAIM = 30;

    /** With the claim as much as a delivery costs where one to sixteen instances sweep: 35 to 56. */
    static final double ACKNOWLEDGEMENT = 15;

    static final double PARTITION_CLAIM = 50;
    /** Of a type without sessions; four are repaired by one call. */
    static final double PARTITION_REPAIR = 3_000 / 4.0;

    /** How long an instance is occupied by a delivery: with this, one instance delivers as many as one did when measured. */
    static final double DELIVERY = 55;

    /** Of a session among 1,000,000. */
    static final int MEMORY = 965;

    static final int MEMORY_NOT_QUERYABLE = 761;

    static final int GET_BYTES = 60 + 561;
    static final int CHANGE_BYTES = 886 + 574;
    static final int START_BYTES = 922 + 26;
    static final int FINISH_BYTES = 463 + 13;

    private MeasuredCosts() {}

    /** Returns the microseconds of each call. */
    static Map<String, Double> calls() {
        Map<String, Double> calls = new LinkedHashMap<>();
        calls.put("get, peek", GET);
        calls.put("change, modify", CHANGE);
        calls.put("locked change", LOCKED_CHANGE);
        calls.put("start", START);
        calls.put("finish", FINISH);
        calls.put("start, not queryable", START_NOT_QUERYABLE);
        calls.put("finish, not queryable", FINISH_NOT_QUERYABLE);
        calls.put("delivery of an expired session", CLAIM + ACKNOWLEDGEMENT);
        calls.put("count", COUNT);
        calls.put("page of 50 by a property", PAGE);
        return calls;
    }
}
