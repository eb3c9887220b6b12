package io.sessiontracker.reactive;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The face for Reactor: each subscription asks the one that answers futures. */
final class ReactorSessionTracker implements ReactiveSessionTracker {

    private final AsyncSessionTracker async;

    ReactorSessionTracker(AsyncSessionTracker async) {
        this.async = Objects.requireNonNull(async, "async");
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> start(S session) {
        return Mono.fromFuture(() -> async.start(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> start(S session, SessionEntryOptions options) {
        return Mono.fromFuture(() -> async.start(session, options));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier) {
        return Mono.fromFuture(() -> async.getOrStart(type, key, supplier));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> get(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.get(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> peek(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.peek(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> getFinished(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.getFinished(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> refresh(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.refresh(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> refresh(S session) {
        return Mono.fromFuture(() -> async.refresh(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> update(S session) {
        return Mono.fromFuture(() -> async.update(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> updateAndGet(S session) {
        return Mono.fromFuture(() -> async.updateAndGet(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> modify(Class<S> type, String key, Consumer<? super S> change) {
        return Mono.fromFuture(() -> async.modify(type, key, change));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> finish(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.finish(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> finish(S session) {
        return Mono.fromFuture(() -> async.finish(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> finishAndGet(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.finishAndGet(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> finishAndGet(S session) {
        return Mono.fromFuture(() -> async.finishAndGet(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> resume(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.resume(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> resume(S session) {
        return Mono.fromFuture(() -> async.resume(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> resumeAndGet(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.resumeAndGet(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> resumeAndGet(S session) {
        return Mono.fromFuture(() -> async.resumeAndGet(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> delete(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.delete(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> delete(S session) {
        return Mono.fromFuture(() -> async.delete(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.lock(type, key)).map(result -> result.map(ReactorLock::new));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(
            Class<S> type, String key, LockOptions options) {
        return Mono.fromFuture(() -> async.lock(type, key, options)).map(result -> result.map(ReactorLock::new));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(S session) {
        return Mono.fromFuture(() -> async.lock(session)).map(result -> result.map(ReactorLock::new));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(S session, LockOptions options) {
        return Mono.fromFuture(() -> async.lock(session, options)).map(result -> result.map(ReactorLock::new));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveLockedSession<S>>> getLocked(Class<S> type, String key) {
        return Mono.fromFuture(() -> async.getLocked(type, key)).map(result -> result.map(ReactorLock.Held::of));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveLockedSession<S>>> getLocked(
            Class<S> type, String key, LockOptions options) {
        return Mono.fromFuture(() -> async.getLocked(type, key, options))
                .map(result -> result.map(ReactorLock.Held::of));
    }

    @Override
    public <S extends Session> Mono<Long> count(Class<S> type) {
        return Mono.fromFuture(() -> async.count(type));
    }

    @Override
    public <S extends Session> ReactiveSessionQuery<S> query(Class<S> type) {
        return new ReactorQuery<>(async.query(type));
    }

    @Override
    public Mono<Integer> expireSessions() {
        return Mono.fromFuture(() -> async.expireSessions());
    }
}
