package io.sessiontracker.redisson;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.sessiontracker.spi.SessionAddress;

/**
 * The releases that nothing waits for. Redisson sends calls over several connections, so the server could run a later attempt before
 * such a release. A request of this process for the same lock is therefore sent when the release is over.
 */
final class PendingReleases {

    private static final CompletableFuture<?> NONE = CompletableFuture.completedFuture(true);

    private final ConcurrentMap<SessionAddress, CompletableFuture<?>> byLock = new ConcurrentHashMap<>();

    /** Adds a release, which is over when it succeeds or fails. */
    void add(SessionAddress lock, CompletionStage<Void> release) {
        CompletableFuture<?> over = release.handle((done, failure) -> true).toCompletableFuture();
        // The holder of a lost lock may release it while the next holder does.
        CompletableFuture<?> all = byLock.merge(lock, over, CompletableFuture::allOf);
        var unused = all.whenComplete((done, ignored) -> byLock.remove(lock, all));
    }

    /** Completes when no release of that lock that was added before is under way. */
    CompletableFuture<?> of(SessionAddress lock) {
        return byLock.getOrDefault(lock, NONE);
    }

    /** Completes when no release that was added before is under way. */
    CompletableFuture<?> all() {
        return CompletableFuture.allOf(byLock.values().toArray(CompletableFuture[]::new));
    }
}
