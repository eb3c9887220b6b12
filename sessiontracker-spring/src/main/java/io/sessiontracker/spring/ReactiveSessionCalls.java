package io.sessiontracker.spring;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import io.sessiontracker.reactive.ReactiveLockedSession;
import io.sessiontracker.reactive.ReactiveSessionLock;
import io.sessiontracker.reactive.ReactiveSessionTracker;
import io.sessiontracker.spring.MethodCompletion.Kind;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ReactiveAdapter;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Calls methods that return before their work is done. Each subscription calls the method anew. What the calls around hold is
 * in the subscriber's context, else in the thread that subscribes.
 */
final class ReactiveSessionCalls {

    private final Supplier<ReactiveSessionTracker> tracker;
    private final HeldSessions.OfThread ofThread;

    ReactiveSessionCalls(BeanFactory beans, HeldSessions.OfThread ofThread) {
        this.tracker = SingletonSupplier.of(() -> beans.getBean(ReactiveSessionTracker.class));
        this.ofThread = ofThread;
    }

    /** Returns an object of the type that the method returns. */
    <S extends Session> Object call(SessionMethod<S> method, Supplier<SessionCall<S>> calls) {
        Flux<Object> elements = Flux.deferContextual(context -> {
            SessionCall<S> call = calls.get();
            HeldSessions outer = context.getOrDefault(ofThread, ofThread.get());
            return call.annotation().lock() ? callLocked(call, outer) : callUnlocked(call, outer, 1);
        });
        return returned(method.completion(), elements);
    }

    private <S extends Session> Flux<Object> callLocked(SessionCall<S> call, @Nullable HeldSessions outer) {
        S joined = HeldSessions.find(outer, call.type(), call.key());
        if (joined != null) {
            return call(call, joined, outer, 1);
        }
        if (call.annotation().start()) {
            return Flux.usingWhen(
                    tracker.get().lock(call.type(), call.key()).map(call::require),
                    lock -> read(call).flatMapMany(session -> callHolding(call, session, lock, outer)),
                    ReactiveSessionLock::release);
        }
        return Flux.usingWhen(
                tracker.get().getLocked(call.type(), call.key()).map(call::require),
                locked -> callHolding(call, locked.session(), locked.lock(), outer),
                ReactiveLockedSession::release);
    }

    private <S extends Session> Flux<Object> callHolding(
            SessionCall<S> call, S session, ReactiveSessionLock lock, @Nullable HeldSessions outer) {
        return call(call, session, new HeldSessions(call.type(), call.key(), session, lock::isAcquired, outer), 1);
    }

    private <S extends Session> Flux<Object> callUnlocked(
            SessionCall<S> call, @Nullable HeldSessions outer, int attempt) {
        return read(call).flatMapMany(session -> call(call, session, outer, attempt));
    }

    /** Stores the session when the method has completed; a single result is passed on after that. */
    private <S extends Session> Flux<Object> call(
            SessionCall<S> call, S session, @Nullable HeldSessions holding, int attempt) {
        Flux<Object> elements = proceed(call, session, holding);
        if (call.method().completion().isMultiple()) {
            return elements.concatWith(
                    Mono.defer(() -> store(call, session)).map(call::require).then(Mono.empty()));
        }
        return elements.collectList()
                .flatMapMany(result -> store(call, session).flatMapMany(stored -> {
                    if (call.repeatable(stored, attempt)) {
                        return callUnlocked(call, holding, attempt + 1);
                    }
                    var unused = call.require(stored);
                    return Flux.fromIterable(result);
                }));
    }

    private <S extends Session> Flux<Object> proceed(SessionCall<S> call, S session, @Nullable HeldSessions holding) {
        return Mono.fromCallable(() -> {
                    Object returned = ofThread.during(holding, () -> call.proceed(session));
                    Assert.state(
                            returned != null, () -> call.method().description() + " returned null to be waited for");
                    return returned;
                })
                .flatMapMany(returned -> publisher(call.method().completion(), returned))
                .contextWrite(holding == null ? Context.empty() : Context.of(ofThread, holding));
    }

    private <S extends Session> Mono<S> read(SessionCall<S> call) {
        Mono<SessionResult<S>> found = call.annotation().start()
                ? tracker.get().getOrStart(call.type(), call.key(), call::create)
                : tracker.get().get(call.type(), call.key());
        return found.map(call::require);
    }

    private <S extends Session> Mono<SessionResult<S>> store(SessionCall<S> call, S session) {
        return call.annotation().store()
                ? tracker.get().update(session)
                : Mono.just(new SessionResult.Success<>(session));
    }

    /** Returns a publisher of what the method returned. */
    @SuppressWarnings("unchecked")
    private static Publisher<Object> publisher(MethodCompletion completion, Object returned) {
        if (completion.kind() == Kind.STAGE) {
            return Mono.fromCompletionStage((CompletionStage<Object>) returned);
        }
        ReactiveAdapter adapter = completion.adapter();
        return adapter == null ? (Publisher<Object>) returned : adapter.toPublisher(returned);
    }

    private static Object returned(MethodCompletion completion, Flux<Object> elements) {
        Publisher<Object> publisher = completion.isMultiple() ? elements : elements.singleOrEmpty();
        if (completion.kind() == Kind.STAGE) {
            return Mono.from(publisher).toFuture();
        }
        ReactiveAdapter adapter = completion.adapter();
        return adapter == null ? publisher : adapter.fromPublisher(publisher);
    }
}
