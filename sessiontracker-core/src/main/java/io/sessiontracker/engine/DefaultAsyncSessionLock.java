package io.sessiontracker.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.LockStatus;
import org.jspecify.annotations.Nullable;

/** The async API's handle of a lock. */
record DefaultAsyncSessionLock(DefaultSessionLock lock, CallbackExecutor workers) implements AsyncSessionLock {

    @Override
    public String resource() {
        return lock.resource();
    }

    @Override
    public String id() {
        return lock.id();
    }

    @Override
    public long token() {
        return lock.token();
    }

    @Override
    public Instant expiresAt() {
        return lock.expiresAt();
    }

    @Override
    public boolean isAcquired() {
        return lock.isAcquired();
    }

    @Override
    public LockStatus status() {
        return lock.status();
    }

    @Override
    public CompletableFuture<Boolean> extend(Duration lease) {
        return workers.answer(lock.extension(lease));
    }

    @Override
    public void onLost(Runnable task) {
        lock.onLost(task);
    }

    @Override
    public CompletableFuture<@Nullable Void> release() {
        return workers.answer(lock.releaseInOrder());
    }

    @Override
    public String toString() {
        return lock.toString();
    }
}
