package io.sessiontracker.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/** The meters, besides those of the operations. */
public enum SessionMeter implements MeterDocumentation {

    /** How many sessions of a type run, by the store's index; as many in each instance that shares the store. */
    SESSIONS(
            "session.tracker.sessions",
            Meter.Type.GAUGE,
            "Running sessions of a type, as counted by the store for all instances",
            Key.TYPE),

    /** How long the lock service took to answer, including the time for which another holder had the lock. */
    LOCK_WAIT(
            "session.tracker.lock.wait",
            Meter.Type.TIMER,
            "Time that the lock service took to answer, including the time for which another holder had the lock",
            Key.TYPE,
            Key.OUTCOME),

    /** How long locks were held by this instance, until they were released. */
    LOCK_HOLD(
            "session.tracker.lock.hold",
            Meter.Type.TIMER,
            "Time that locks were held by this instance until they were released",
            Key.TYPE),

    /** Writes that were refused because another writer was faster; also those that were tried again. */
    CONFLICTS(
            "session.tracker.conflicts",
            Meter.Type.COUNTER,
            "Writes that were refused because another one came first, with those that were tried again",
            Key.TYPE),

    /** Reads of types that have a near cache, by whether the copy was answered. */
    NEAR_CACHE_READS(
            "session.tracker.near.cache.reads",
            Meter.Type.COUNTER,
            "Reads of types that have a near cache, by whether the copy in memory was answered",
            Key.TYPE,
            Key.RESULT),

    /** Announced changes of sessions of types in the near cache's mode local. */
    NEAR_CACHE_INVALIDATIONS(
            "session.tracker.near.cache.invalidations",
            Meter.Type.COUNTER,
            "Announced changes of sessions of types in the near cache's mode local",
            Key.TYPE),

    /** How long heartbeats took through the store and back. */
    NEAR_CACHE_DELAY(
            "session.tracker.near.cache.delay",
            Meter.Type.TIMER,
            "How long heartbeats took through the store and back, in the near cache's mode local"),

    /** Expired sessions that this instance delivered. */
    EXPIRATIONS(
            "session.tracker.expirations",
            Meter.Type.COUNTER,
            "Expired sessions that this instance delivered",
            Key.TYPE),

    /** Expired sessions that were claimed again, as their delivery had not been acknowledged. */
    EXPIRATIONS_RECLAIMED(
            "session.tracker.expirations.reclaimed",
            Meter.Type.COUNTER,
            "Expired sessions that were claimed again because their delivery was not acknowledged",
            Key.TYPE),

    /** Reminders that this instance delivered. */
    REMINDERS("session.tracker.reminders", Meter.Type.COUNTER, "Reminders that this instance delivered", Key.TYPE),

    /** Reminders that were claimed again, as their delivery had not been acknowledged. */
    REMINDERS_RECLAIMED(
            "session.tracker.reminders.reclaimed",
            Meter.Type.COUNTER,
            "Reminders that were claimed again because their delivery was not acknowledged",
            Key.TYPE);

    private final String meterName;
    private final Meter.Type meterType;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // only copies are returned
    private final KeyName[] keyNames;

    SessionMeter(String meterName, Meter.Type meterType, String description, KeyName... keyNames) {
        this.meterName = meterName;
        this.meterType = meterType;
        this.description = description;
        this.keyNames = keyNames;
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return meterType;
    }

    /** Returns what is metered, for people: Prometheus shows it as {@code # HELP}. */
    public String description() {
        return description;
    }

    @Override
    public KeyName[] getKeyNames() {
        return keyNames.clone();
    }

    /** Returns the names of the meter's tags. */
    public enum Key implements KeyName {

        /** Session type's name. */
        TYPE {
            @Override
            public String asString() {
                return "type";
            }
        },

        /** {@code hit} or {@code miss}. */
        RESULT {
            @Override
            public String asString() {
                return "result";
            }
        },

        /** {@code acquired}, {@code conflicted} or {@code no_quorum}; {@code unlocked} where there was no session to lock. */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        }
    }
}
