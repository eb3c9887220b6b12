package io.sessiontracker.redisson;

/**
 * Renews a lock's lease periodically, each time for Redisson's watchdog time-out. Redisson's own watchdog does the same, but does
 * not report that a lock is lost or the server does not answer.
 */
final class Renewal {

    private final PerAcquisitionLock lock;
    private final long leaseMillis;
    private boolean active;
    private boolean lost;
    private long until;

    Renewal(PerAcquisitionLock lock, long leaseMillis) {
        this.lock = lock;
        this.leaseMillis = leaseMillis;
    }

    synchronized void begin(long sentAt) {
        active = true;
        confirmed(sentAt);
        scheduleNext();
    }

    synchronized void end() {
        active = false;
    }

    /** Returns the {@link System#nanoTime} until which the lock is known to be held. */
    synchronized long until() {
        return until;
    }

    /** Records the outcome of setting the lease, be it a renewal or an extension. */
    synchronized void answered(boolean held, long sentAt) {
        if (held) {
            confirmed(sentAt);
        } else if (!lost) {
            lost = true;
            active = false;
            until = System.nanoTime();
        }
    }

    private void confirmed(long sentAt) {
        long end = sentAt + leaseMillis * 1_000_000;
        if (!lost && (until == 0 || end - until > 0)) {
            until = end;
        }
    }

    private void scheduleNext() {
        lock.schedule(this::renew, leaseMillis / 3);
    }

    private void renew() {
        if (isToContinue()) {
            var unused = lock.extendOwned(leaseMillis).whenComplete((held, failure) -> scheduleNext());
        }
    }

    /** A lock that was reported as lost is not renewed again. */
    private synchronized boolean isToContinue() {
        active = active && until - System.nanoTime() > 0;
        return active;
    }
}
