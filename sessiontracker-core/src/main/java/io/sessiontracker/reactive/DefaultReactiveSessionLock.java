package io.sessiontracker.reactive;

import java.time.Duration;
import java.time.Instant;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.LockStatus;
import io.sessiontracker.Session;
import reactor.core.publisher.Mono;

/** The reactive API's handle of a lock. */
record DefaultReactiveSessionLock(AsyncSessionLock lock) implements ReactiveSessionLock {

    /** A session with such a lock. */
    record Held<S extends Session>(S session, ReactiveSessionLock lock) implements ReactiveLockedSession<S> {

        static <S extends Session> ReactiveLockedSession<S> of(AsyncLockedSession<S> held) {
            return new Held<>(held.session(), new DefaultReactiveSessionLock(held.lock()));
        }
    }

    @Override
    public String resource() {
        return lock.resource();
    }

    @Override
    public String id() {
        return lock.id();
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
    public Mono<Void> release() {
        return DeferredCalls.mono(lock::release);
    }

    @Override
    public String toString() {
        return lock.toString();
    }
}
