package io.sessiontracker.reactive;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockOptions;
import io.sessiontracker.Session;
import io.sessiontracker.SessionEntryOptions;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.TrackerMethod;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/** The reactive API: each subscription calls the async API. */
final class DefaultReactiveSessionTracker implements ReactiveSessionTracker {

    private final AsyncSessionTracker async;
    private final AuthorizedCalls calls;

    DefaultReactiveSessionTracker(AsyncSessionTracker async, AuthorizedCalls calls) {
        this.async = Objects.requireNonNull(async, "async");
        this.calls = calls;
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> start(S session) {
        return calls.mono(TrackerMethod.START, session, () -> async.start(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> start(S session, SessionEntryOptions options) {
        return calls.mono(TrackerMethod.START, session, () -> async.start(session, options));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> getOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier) {
        return calls.mono(TrackerMethod.GET_OR_START, type, key, () -> async.getOrStart(type, key, supplier));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> get(Class<S> type, String key) {
        return calls.mono(TrackerMethod.GET, type, key, () -> async.get(type, key));
    }

    @Override
    public <S extends Session> Mono<Map<String, S>> getAll(Class<S> type, Collection<String> keys) {
        return calls.mono(TrackerMethod.GET_ALL, type, keys, () -> async.getAll(type, keys));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> peek(Class<S> type, String key) {
        return calls.mono(TrackerMethod.PEEK, type, key, () -> async.peek(type, key));
    }

    @Override
    public <S extends Session> Flux<S> watch(Class<S> type, String key) {
        return calls.<SessionWatch, S>flux(TrackerMethod.WATCH, type, key, named -> watchAsync(type, key, named));
    }

    private <S extends Session> Flux<S> watchAsync(
            Class<S> type, String key, UnaryOperator<Supplier<SessionWatch>> named) {
        return Flux.create(
                sink -> {
                    SessionWatcher<S> watcher = new SessionWatcher<S>() {
                        @Override
                        public void onChange(S session) {
                            sink.next(session);
                        }

                        @Override
                        public void onEnd() {
                            sink.complete();
                        }

                        @Override
                        public void onFailure(RuntimeException failure) {
                            sink.error(failure);
                        }
                    };
                    SessionWatch watch =
                            named.apply(() -> async.watch(type, key, watcher)).get();
                    sink.onDispose(watch::close);
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> getFinished(Class<S> type, String key) {
        return calls.mono(TrackerMethod.GET_FINISHED, type, key, () -> async.getFinished(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> refresh(Class<S> type, String key) {
        return calls.mono(TrackerMethod.REFRESH, type, key, () -> async.refresh(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> refresh(S session) {
        return calls.mono(TrackerMethod.REFRESH, session, () -> async.refresh(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<Instant>> expiresAt(Class<S> type, String key) {
        return calls.mono(TrackerMethod.EXPIRES_AT, type, key, () -> async.expiresAt(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<Instant>> expiresAt(S session) {
        return calls.mono(TrackerMethod.EXPIRES_AT, session, () -> async.expiresAt(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<Instant>> expire(
            Class<S> type, String key, SessionEntryOptions options) {
        return calls.mono(TrackerMethod.EXPIRE, type, key, () -> async.expire(type, key, options));
    }

    @Override
    public <S extends Session> Mono<SessionResult<Instant>> expire(S session, SessionEntryOptions options) {
        return calls.mono(TrackerMethod.EXPIRE, session, () -> async.expire(session, options));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> update(S session) {
        return calls.mono(TrackerMethod.UPDATE, session, () -> async.update(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> updateAndGet(S session) {
        return calls.mono(TrackerMethod.UPDATE_AND_GET, session, () -> async.updateAndGet(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> modify(Class<S> type, String key, Consumer<? super S> change) {
        return calls.mono(TrackerMethod.MODIFY, type, key, () -> async.modify(type, key, change));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change) {
        return calls.mono(TrackerMethod.MODIFY, type, key, () -> async.modify(type, key, operationId, change));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier, Consumer<? super S> change) {
        return calls.mono(
                TrackerMethod.MODIFY_OR_START, type, key, () -> async.modifyOrStart(type, key, supplier, change));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> modifyOrStart(
            Class<S> type, String key, String operationId, Supplier<? extends S> supplier, Consumer<? super S> change) {
        return calls.mono(
                TrackerMethod.MODIFY_OR_START,
                type,
                key,
                () -> async.modifyOrStart(type, key, operationId, supplier, change));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> finish(Class<S> type, String key) {
        return calls.mono(TrackerMethod.FINISH, type, key, () -> async.finish(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> finish(S session) {
        return calls.mono(TrackerMethod.FINISH, session, () -> async.finish(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> finishAndGet(Class<S> type, String key) {
        return calls.mono(TrackerMethod.FINISH_AND_GET, type, key, () -> async.finishAndGet(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> finishAndGet(S session) {
        return calls.mono(TrackerMethod.FINISH_AND_GET, session, () -> async.finishAndGet(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> resume(Class<S> type, String key) {
        return calls.mono(TrackerMethod.RESUME, type, key, () -> async.resume(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> resume(S session) {
        return calls.mono(TrackerMethod.RESUME, session, () -> async.resume(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> resumeAndGet(Class<S> type, String key) {
        return calls.mono(TrackerMethod.RESUME_AND_GET, type, key, () -> async.resumeAndGet(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<S>> resumeAndGet(S session) {
        return calls.mono(TrackerMethod.RESUME_AND_GET, session, () -> async.resumeAndGet(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> delete(Class<S> type, String key) {
        return calls.mono(TrackerMethod.DELETE, type, key, () -> async.delete(type, key));
    }

    @Override
    public <S extends Session> Mono<SessionResult<@Nullable Void>> delete(S session) {
        return calls.mono(TrackerMethod.DELETE, session, () -> async.delete(session));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(Class<S> type, String key) {
        return lock(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(
            Class<S> type, String key, LockOptions options) {
        return calls.lock(
                TrackerMethod.LOCK,
                type,
                key,
                () -> async.lock(type, key, options),
                DefaultReactiveSessionLock::new,
                lock -> lock);
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(S session) {
        return lock(session, LockOptions.defaults());
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveSessionLock>> lock(S session, LockOptions options) {
        return Mono.defer(() -> lock(session.getClass(), session.getKey(), options));
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveLockedSession<S>>> getLocked(Class<S> type, String key) {
        return getLocked(type, key, LockOptions.defaults());
    }

    @Override
    public <S extends Session> Mono<SessionResult<ReactiveLockedSession<S>>> getLocked(
            Class<S> type, String key, LockOptions options) {
        return calls.lock(
                TrackerMethod.GET_LOCKED,
                type,
                key,
                () -> async.getLocked(type, key, options),
                DefaultReactiveLockedSession::of,
                AsyncLockedSession::lock);
    }

    @Override
    public <S extends Session> Mono<Long> count(Class<S> type) {
        return calls.mono(TrackerMethod.COUNT, type, (String) null, () -> async.count(type));
    }

    @Override
    public <S extends Session> ReactiveSessionQuery<S> query(Class<S> type) {
        return new DefaultReactiveSessionQuery<>(async.query(type), type, calls);
    }

    @Override
    public Mono<Integer> expireSessions() {
        return DeferredCalls.mono(() -> async.expireSessions());
    }
}
