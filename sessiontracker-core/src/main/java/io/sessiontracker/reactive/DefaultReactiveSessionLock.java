package io.sessiontracker.reactive;

import java.time.Duration;
import java.time.Instant;

import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.LockStatus;
import reactor.core.publisher.Mono;

/** The reactive API's handle of a lock. */
record DefaultReactiveSessionLock(AsyncSessionLock lock) implements ReactiveSessionLock {

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
    public Mono<Boolean> extend(Duration lease) {
        return DeferredCalls.mono(() -> lock.extend(lease));
    }

    @Override
    public Mono<Void> onLost() {
        return Mono.create(sink -> lock.onLost(sink::success));
    }

    @Override
    public Mono<Void> release() {
        return DeferredCalls.mono(lock::release);
    }

    @Override
    public String toString() {
        return lock.toString();
    }
}
