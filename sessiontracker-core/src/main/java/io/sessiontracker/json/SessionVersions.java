package io.sessiontracker.json;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.sessiontracker.Session;
import io.sessiontracker.SessionInternals;

/**
 * How the versions of session classes follow one another, and which of them is written.
 *
 * @param steps by class and the version that they begin with
 * @param written the versions that are written in place of the classes' own
 */
record SessionVersions(
        Map<Class<? extends Session>, SortedMap<Integer, SessionUpcaster>> steps,
        Map<Class<? extends Session>, Integer> written) {

    /** Each class is read and written in its own version only. */
    static final SessionVersions NONE = new SessionVersions(Map.of(), Map.of());

    /**
     * Returns these versions with those steps.
     *
     * @throws IllegalArgumentException if two are the same, one is missing between two, or one does not end below its class's version
     */
    SessionVersions withSteps(Collection<? extends SessionUpcaster> upcasters) {
        Map<Class<? extends Session>, SortedMap<Integer, SessionUpcaster>> byClass = new HashMap<>();
        for (SessionUpcaster upcaster : upcasters) {
            SessionUpcaster other = byClass.computeIfAbsent(upcaster.sessionClass(), type -> new TreeMap<>())
                    .putIfAbsent(upcaster.fromVersion(), upcaster);
            if (other != null) {
                throw new IllegalArgumentException("%s and %s both upcast session type \"%s\" from version %d: keep one"
                        .formatted(
                                other.getClass().getName(),
                                upcaster.getClass().getName(),
                                nameOf(upcaster.sessionClass()),
                                upcaster.fromVersion()));
            }
        }
        byClass.forEach(SessionVersions::requireChain);
        return new SessionVersions(Map.copyOf(byClass), written);
    }

    private static void requireChain(Class<? extends Session> type, SortedMap<Integer, SessionUpcaster> steps) {
        int version = SessionInternals.requireStateVersion(type);
        steps.forEach((from, step) -> {
            if (from < 1 || from >= version) {
                throw new IllegalArgumentException(
                        ("%s upcasts session type \"%s\" from version %d, and %s has version %d: an upcaster begins with a version"
                                        + " from 1 to the one before the class's, and @SessionType(version = …) has the class's")
                                .formatted(step.getClass().getName(), nameOf(type), from, type.getName(), version));
            }
        });
        for (int from = steps.firstKey(); from < version; from++) {
            if (!steps.containsKey(from)) {
                throw new IllegalArgumentException(
                        ("Session type \"%s\" has version %d and upcasters from %s: the one from version %d to %d is"
                                        + " missing")
                                .formatted(nameOf(type), version, steps.keySet(), from, from + 1));
            }
        }
    }

    /**
     * Returns these versions with those written.
     *
     * @throws IllegalArgumentException if one is not a version up to the class's own, or there is no downcaster to it
     */
    SessionVersions withWritten(Map<Class<? extends Session>, Integer> versions) {
        versions.forEach(this::requireWritable);
        return new SessionVersions(steps, Map.copyOf(versions));
    }

    private void requireWritable(Class<? extends Session> type, int written) {
        int version = SessionInternals.requireStateVersion(type);
        if (written < 1 || written > version) {
            throw new IllegalArgumentException(
                    "Session type \"%s\" cannot be written in version %d: it must be one from 1 to %d, the version of %s"
                            .formatted(nameOf(type), written, version, type.getName()));
        }
        for (int from = written; from < version; from++) {
            if (!(stepsOf(type).get(from) instanceof SessionDowncaster)) {
                throw new IllegalArgumentException(
                        ("Session type \"%s\" cannot be written in version %d: a SessionDowncaster from version %d is missing, to"
                                        + " turn version %d into %d")
                                .formatted(nameOf(type), written, from, from + 1, from));
            }
        }
    }

    /** Returns what holds for a class. */
    VersionSteps of(Class<? extends Session> type) {
        int version = SessionInternals.requireStateVersion(type);
        return new VersionSteps(
                version,
                written.getOrDefault(type, version),
                List.copyOf(stepsOf(type).values()));
    }

    private SortedMap<Integer, SessionUpcaster> stepsOf(Class<? extends Session> type) {
        return steps.getOrDefault(type, new TreeMap<>());
    }

    private static String nameOf(Class<? extends Session> type) {
        return SessionInternals.requireTypeName(type);
    }
}
