package io.sessiontracker.json;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;

/**
 * Writes sessions, and proves that what is written can be read back as it was: whenever a class is written in a place for the
 * first time, and at each write where a class was refused before or where it depends on the value.
 */
final class ProvenWrites {

    private final RoundTrip roundTrip;
    private final boolean proveEach;
    private final Set<Class<?>> suspects = ConcurrentHashMap.newKeySet();

    /** Writes whose proof is not done yet; until then, what they met for the first time is not known to be right. */
    private final AtomicInteger unproven = new AtomicInteger();

    ProvenWrites(RoundTrip roundTrip, boolean proveEach) {
        this.roundTrip = roundTrip;
        this.proveEach = proveEach;
    }

    byte[] write(SessionClassModel<?> shape, Session session) throws Exception {
        Attempt attempt = new Attempt();
        boolean proven = false;
        try {
            byte[] json = shape.write(session, attempt);
            if (proveEach || attempt.isFirst || unproven.get() > 0 || isSuspect(shape)) {
                suspects.addAll(roundTrip.prove(shape, session, json));
            }
            proven = true;
            return json;
        } finally {
            attempt.end(shape, proven);
        }
    }

    private boolean isSuspect(SessionClassModel<?> shape) {
        return !suspects.isEmpty() && !Collections.disjoint(shape.classes(), suspects);
    }

    private final class Attempt implements FirstWrites.Listener {

        private boolean isFirst;

        @Override
        public void firstWrite() {
            if (!isFirst) {
                isFirst = true;
                unproven.incrementAndGet();
            }
        }

        /** What was met for the first time is not noticed again. */
        void end(SessionClassModel<?> shape, boolean proven) {
            if (isFirst) {
                if (!proven) {
                    suspects.addAll(shape.classes());
                }
                unproven.decrementAndGet();
            }
        }
    }
}
