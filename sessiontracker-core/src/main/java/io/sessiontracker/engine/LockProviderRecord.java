package io.sessiontracker.engine;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionLockProvider;
import io.sessiontracker.spi.support.BackgroundTasks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock provider that the processes of a namespace use, as the store has it. Two providers that do not know of each other would
 * both grant a lock. The first lock of a process records its provider, and is refused if there is another; from then on the record
 * is renewed in the background, so that a lock costs no call more. It ends a minute after the last process that locks.
 */
final class LockProviderRecord {

    private static final Logger log = LoggerFactory.getLogger(LockProviderRecord.class);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SessionDataProvider offloaded;
    private final SessionLockProvider provider;
    private final Duration renewalAfter;
    private boolean stopped;
    private @Nullable Future<?> renewal;
    private boolean refused;
    private volatile boolean confirmed;
    private volatile long confirmedAt;

    /** @param offloaded the store, for renewals, whose thread it must not block */
    LockProviderRecord(SessionDataProvider offloaded, SessionLockProvider provider) {
        this(offloaded, provider, LEASE.dividedBy(3));
    }

    /** Creates a record with another renewal interval. */
    LockProviderRecord(SessionDataProvider offloaded, SessionLockProvider provider, Duration renewalAfter) {
        this.offloaded = offloaded;
        this.provider = provider;
        this.renewalAfter = renewalAfter;
    }

    /** Returns whether this process's provider is the recorded one, by what is known here. */
    boolean isConfirmed() {
        return confirmed && System.nanoTime() - confirmedAt < LEASE.toNanos();
    }

    /** Asks the store, as this caller may call it; the stage fails if another provider is recorded. */
    CompletionStage<Boolean> confirm(SessionAddress address, SessionDataProvider store) {
        return recordIn(store).thenApply(recorded -> {
            if (!recorded.equals(provider.name())) {
                throw mismatch(address, recorded);
            }
            return true;
        });
    }

    private CompletionStage<String> recordIn(SessionDataProvider store) {
        long askedAt = System.nanoTime();
        return store.recordLockProvider(provider.name(), LEASE).whenComplete((recorded, failure) -> {
            if (failure == null) {
                note(recorded, askedAt);
            }
            renewLater();
        });
    }

    private synchronized void note(String recorded, long askedAt) {
        confirmed = recorded.equals(provider.name());
        confirmedAt = askedAt;
        if (!confirmed && !refused) {
            log.error(
                    "Locks are refused: this process uses the lock provider \"{}\", and other processes of its namespace use"
                            + " \"{}\"; neither sees the other's locks",
                    provider.name(),
                    recorded);
        }
        refused = !confirmed;
    }

    private SessionTrackerException mismatch(SessionAddress address, String recorded) {
        return new SessionTrackerException(
                "Cannot lock %s: this process uses the lock provider \"%s\", but other processes of its namespace use \"%s\", and neither sees the other's locks. Let all use the same one (session-tracker.lock.provider); the record of the other one ends a minute after its last process"
                        .formatted(address, provider.name(), recorded),
                null);
    }

    private synchronized void renewLater() {
        if (renewal == null && !stopped && confirmed) {
            // A tracker that is unreachable, and was never closed, renews nothing.
            WeakReference<LockProviderRecord> record = new WeakReference<>(this);
            renewal = BackgroundTasks.runAfter(renewalAfter.toNanos(), TimeUnit.NANOSECONDS, () -> {
                LockProviderRecord present = record.get();
                if (present != null) {
                    present.renew();
                }
            });
        }
    }

    private void renew() {
        synchronized (this) {
            renewal = null;
        }
        try {
            var unused = recordIn(offloaded).exceptionally(failure -> {
                log.debug(
                        "The record of the lock provider was not renewed; it is renewed again at the next interval",
                        failure);
                return "";
            });
        } catch (RuntimeException failed) {
            log.debug("The record of the lock provider was not renewed; the next lock renews it", failed);
        }
    }

    /** Renews again, from the next lock on. */
    synchronized void start() {
        stopped = false;
    }

    /** Renews no more. Locks are still checked. */
    synchronized void stop() {
        stopped = true;
        if (renewal != null) {
            renewal.cancel(false);
            renewal = null;
        }
    }
}
