package io.sessiontracker.redisson;

/**
 * Keeps a lock by setting its lease again and again, each time for Redisson's watchdog time-out. Redisson's own watchdog
 * does the same, but tells nobody when a lock is gone or the server does not answer.
 */
final class Renewal {

    private final PerAcquisitionLock lock;
    private final long leaseMillis;
    private boolean on;
    private boolean lost;
    private long until;

    Renewal(PerAcquisitionLock lock, long leaseMillis) {
        this.lock = lock;
        this.leaseMillis = leaseMillis;
    }

    synchronized void begin(long askedAt) {
        on = true;
        confirmed(askedAt);
        scheduleNext();
    }

    synchronized void end() {
        on = false;
    }

    /** {@link System#nanoTime} until which the lock is held, by what is known here. */
    synchronized long until() {
        return until;
    }

    /** Takes note of what came of setting the lease, by whomever. */
    synchronized void answered(boolean held, long askedAt) {
        if (held) {
            confirmed(askedAt);
        } else if (!lost) {
            lost = true;
            on = false;
            until = System.nanoTime();
        }
    }

    private void confirmed(long askedAt) {
        long end = askedAt + leaseMillis * 1_000_000;
        if (!lost && (until == 0 || end - until > 0)) {
            until = end;
        }
    }

    private void scheduleNext() {
        lock.later(this::renew, leaseMillis / 3);
    }

    private void renew() {
        if (goesOn()) {
            var unused = lock.extendOwned(leaseMillis).whenComplete((held, failure) -> scheduleNext());
        }
    }

    /** A lock whose holder was told that it is lost is not taken back. */
    private synchronized boolean goesOn() {
        on = on && until - System.nanoTime() > 0;
        return on;
    }
}
