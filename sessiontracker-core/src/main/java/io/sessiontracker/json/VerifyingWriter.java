package io.sessiontracker.json;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.sessiontracker.Session;

/**
 * Writes sessions and verifies that they can be read back unchanged: when a class is first written as the value of a property,
 * and at each write if the class was refused before or the outcome depends on the value.
 */
final class VerifyingWriter {

    private final RoundTrip roundTrip;
    private final boolean verifyEach;
    private final Set<Class<?>> suspects = ConcurrentHashMap.newKeySet();

    /** First writes whose verification is under way; until it is done, other writes of the same classes verify, too. */
    private final AtomicInteger unverified = new AtomicInteger();

    VerifyingWriter(RoundTrip roundTrip, boolean verifyEach) {
        this.roundTrip = roundTrip;
        this.verifyEach = verifyEach;
    }

    byte[] write(SessionClassModel<?> model, Session session) throws Exception {
        Attempt attempt = new Attempt();
        boolean verified = false;
        try {
            byte[] json = model.write(session, attempt);
            if (verifyEach || attempt.isFirst || unverified.get() > 0 || isSuspect(model)) {
                suspects.addAll(roundTrip.verify(model, session, json));
            }
            verified = true;
            return json;
        } finally {
            attempt.end(model, verified);
        }
    }

    private boolean isSuspect(SessionClassModel<?> model) {
        return !suspects.isEmpty() && !Collections.disjoint(model.classes(), suspects);
    }

    private final class Attempt implements FirstWriteDetector.Listener {

        private boolean isFirst;

        @Override
        public void firstWrite() {
            if (!isFirst) {
                isFirst = true;
                unverified.incrementAndGet();
            }
        }

        /** A first write is not reported again, so classes that failed are remembered. */
        void end(SessionClassModel<?> model, boolean verified) {
            if (isFirst) {
                if (!verified) {
                    suspects.addAll(model.classes());
                }
                unverified.decrementAndGet();
            }
        }
    }
}
