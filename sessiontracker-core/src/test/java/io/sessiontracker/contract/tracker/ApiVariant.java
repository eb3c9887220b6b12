package io.sessiontracker.contract.tracker;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.sessiontracker.AsyncLockedSession;
import io.sessiontracker.AsyncSessionLock;
import io.sessiontracker.AsyncSessionQuery;
import io.sessiontracker.AsyncSessionTracker;
import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.SessionCallerScope;
import io.sessiontracker.SessionLock;
import io.sessiontracker.SessionQuery;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.SessionTrackerException;
import io.sessiontracker.SessionWatch;
import io.sessiontracker.SessionWatcher;
import io.sessiontracker.engine.ClosableSessionTracker;
import io.sessiontracker.engine.SessionTrackerBuilder;
import io.sessiontracker.reactive.ReactiveLockedSession;
import io.sessiontracker.reactive.ReactiveSessionLock;
import io.sessiontracker.reactive.ReactiveSessionQuery;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One of a tracker's APIs. The rules are written for the blocking one; of the others the test's thread awaits the answers. */
public enum ApiVariant {
    BLOCKING,
    ASYNC,
    REACTIVE;

    /** Returns the tracker's API in blocking form, so that it can be held to the rules of the blocking one. */
    public SessionTracker of(ClosableSessionTracker tracker) {
        return switch (this) {
            case BLOCKING -> tracker;
            case ASYNC -> waiting(SessionTracker.class, AsyncSessionTracker.class, tracker.async());
            case REACTIVE ->
                waiting(
                        SessionTracker.class,
                        ReactiveSessionTracker.class,
                        ReactiveSessionTracker.over(tracker.async()));
        };
    }

    /** Returns the API of a tracker with that authorizer; the reactive one asks it in the subscriber's turn. */
    SessionTracker of(SessionTrackerBuilder builder, SessionAuthorizer authorizer) {
        if (this != REACTIVE) {
            return of(builder.authorizer(authorizer).build());
        }
        ClosableSessionTracker tracker = builder.authorizer(access -> {
                    throw new IllegalStateException("Only the reactive authorizer is to be asked");
                })
                .build();
        return waiting(
                SessionTracker.class,
                ReactiveSessionTracker.class,
                ReactiveSessionTracker.over(
                        tracker.async(SessionAuthorizer.PERMIT_ALL, null),
                        access -> Mono.fromRunnable(() -> authorizer.authorize(access))));
    }

    /** Returns the API of a tracker whose callers are these; the reactive one finds them by the subscriber's context. */
    SessionTracker of(SessionTrackerBuilder builder, SessionCallerResolver callers) {
        if (this != REACTIVE) {
            return of(builder.callers(callers).build());
        }
        ClosableSessionTracker tracker = builder.callers(() -> {
                    throw new IllegalStateException("Only the reactive resolver is to be asked");
                })
                .build();
        SessionCallerScope scope = new SessionCallerScope();
        return waiting(
                SessionTracker.class,
                ReactiveSessionTracker.class,
                ReactiveSessionTracker.over(
                        tracker.async(SessionAuthorizer.PERMIT_ALL, scope),
                        null,
                        () -> Mono.deferContextual(context -> Mono.justOrEmpty(callers.resolve())),
                        scope));
    }

    /** Calls the method of the same name and waits for what it gives. */
    private static <B> B waiting(Class<B> blocking, Class<?> api, Object target) {
        InvocationHandler handler = (proxy, method, arguments) -> call(api, target, method, arguments);
        return blocking.cast(
                Proxy.newProxyInstance(ApiVariant.class.getClassLoader(), new Class<?>[] {blocking}, handler));
    }

    private static @Nullable Object call(Class<?> api, Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return method.invoke(target, arguments);
        }
        if (target instanceof AsyncSessionQuery<?> query && method.getName().equals("stream")) {
            return Stream.of(0).flatMap(begin -> sessions(query));
        }
        if (target instanceof ReactiveSessionLock lock && method.getName().equals("onLost")) {
            var unused = lock.onLost().subscribe(null, null, (Runnable) Objects.requireNonNull(arguments)[0]);
            return null;
        }
        if (target instanceof ReactiveSessionTracker tracker && method.getName().equals("watch")) {
            return watch(tracker, Objects.requireNonNull(arguments));
        }
        String name = method.getName().equals("close") ? "release" : method.getName();
        try {
            return asBlocking(
                    settled(api.getMethod(name, method.getParameterTypes()).invoke(target, arguments)));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @SuppressWarnings("unchecked")
    private static <S extends Session> SessionWatch watch(ReactiveSessionTracker tracker, Object[] arguments) {
        SessionWatcher<? super S> watcher = (SessionWatcher<? super S>) arguments[2];
        return tracker.watch((Class<S>) arguments[0], (String) arguments[1])
                        .subscribe(
                                watcher::onChange,
                                failure -> watcher.onFailure((RuntimeException) failure),
                                watcher::onEnd)::dispose;
    }

    private static <S extends Session> Stream<S> sessions(AsyncSessionQuery<S> query) {
        return Stream.iterate(
                        query.page().join(),
                        Objects::nonNull,
                        page -> page.nextCursor() == null
                                ? null
                                : query.after(page.nextCursor()).page().join())
                .flatMap(page -> page.sessions().stream());
    }

    private static @Nullable Object settled(@Nullable Object answer) {
        if (answer instanceof Mono<?> mono) {
            return await(mono.toFuture());
        }
        if (answer instanceof Flux<?> flux) {
            return Stream.of(0).flatMap(begin -> flux.toStream(1));
        }
        return answer instanceof CompletableFuture<?> future ? await(future) : answer;
    }

    private static @Nullable Object await(CompletableFuture<?> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new SessionTrackerException("Interrupted while waiting for the answer", interrupted);
        } catch (ExecutionException failed) {
            throw thrown(future);
        }
    }

    /** As it was thrown: get() would look behind a CompletionException, also where that is the application's own. */
    private static RuntimeException thrown(CompletableFuture<?> failed) {
        Throwable thrown = failed.handle((value, failure) -> failure).join();
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private static @Nullable Object asBlocking(@Nullable Object value) {
        if (value instanceof SessionResult<?> result) {
            return result.map(ApiVariant::asBlocking);
        }
        if (value instanceof AsyncSessionLock) {
            return waiting(SessionLock.class, AsyncSessionLock.class, value);
        }
        if (value instanceof ReactiveSessionLock) {
            return waiting(SessionLock.class, ReactiveSessionLock.class, value);
        }
        if (value instanceof AsyncLockedSession<?>) {
            return waiting(LockedSession.class, AsyncLockedSession.class, value);
        }
        if (value instanceof ReactiveLockedSession<?>) {
            return waiting(LockedSession.class, ReactiveLockedSession.class, value);
        }
        if (value instanceof AsyncSessionQuery<?>) {
            return waiting(SessionQuery.class, AsyncSessionQuery.class, value);
        }
        return value instanceof ReactiveSessionQuery<?>
                ? waiting(SessionQuery.class, ReactiveSessionQuery.class, value)
                : value;
    }
}
