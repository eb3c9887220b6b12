package io.sessiontracker.engine;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.SessionAccessDeniedException;
import io.sessiontracker.SessionAuthorizer;
import io.sessiontracker.SessionCallerResolver;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.TrackerMethod;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionOwner;
import org.jspecify.annotations.Nullable;

/**
 * Runs the operations of an API: authorized, and under an instrumentation.
 *
 * @param callers finds out whose sessions a call may use, of types whose sessions have an owner
 * @param admission throws if no operation may begin now; nothing is observed then
 */
record OperationObserver(
        SessionInstrumentation instrumentation,
        SessionAuthorizer authorizer,
        SessionCallerResolver callers,
        Runnable admission) {

    /**
     * Runs the call, and returns its very stage: cancelling that must reach the request.
     *
     * @throws io.sessiontracker.SessionAccessDeniedException if the caller may not; nothing is observed then
     */
    <R, C extends CompletionStage<R>> C call(
            TrackerMethod method, SessionTypeInfo<?> info, @Nullable String key, Supplier<C> call) {
        admission.run();
        authorize(method, info, key);
        if (instrumentation == SessionInstrumentation.NONE) {
            return call.get();
        }
        SessionInstrumentation.Operation begun = instrumentation.begin(method.methodName(), info.name(), key);
        C stage = sent(begun, call);
        var unused = stage.whenComplete((result, failure) -> begun.ended(
                result instanceof SessionResult.Failure<?> failed ? failed.error() : null,
                failure == null ? null : Futures.cause(failure)));
        return stage;
    }

    /** Runs a call about several keys, if all of them are allowed. */
    <R, C extends CompletionStage<R>> C callAll(
            TrackerMethod method, SessionTypeInfo<?> info, Collection<SessionAddress> addresses, Supplier<C> call) {
        addresses.forEach(address -> authorize(method, info, address.key()));
        return new OperationObserver(instrumentation, SessionAuthorizer.PERMIT_ALL, callers, admission)
                .call(method, info, null, call);
    }

    /** Returns the same for an API that asks by itself; null for the same callers. */
    OperationObserver asking(SessionAuthorizer other, @Nullable SessionCallerResolver otherCallers) {
        return new OperationObserver(instrumentation, other, otherCallers == null ? callers : otherCallers, admission);
    }

    /** Returns the same with another admission. */
    OperationObserver admitted(Runnable other) {
        return new OperationObserver(instrumentation, authorizer, callers, other);
    }

    /** Returns the address of a key, for the sessions that the caller of this thread may use. */
    SessionAddress address(SessionTypeInfo<?> info, String key) {
        return info.address(key).ownedBy(owner(info));
    }

    /** Returns whose sessions the caller of this thread may use; null for everyone's. */
    @Nullable
    SessionOwner owner(SessionTypeInfo<?> info) {
        OwnerSettings owner = info.settings().owner();
        return owner == null ? null : owner.of(callers.resolve().orElse(null), info.blind());
    }

    /**
     * Returns if the caller may go on.
     *
     * @param key null for a call about many sessions
     * @throws IllegalArgumentException if it is no key
     */
    void authorize(TrackerMethod method, SessionTypeInfo<?> info, @Nullable String key) {
        if (authorizer != SessionAuthorizer.PERMIT_ALL) {
            String checked = key == null ? null : info.address(key).key();
            method.accesses(info.name(), checked).forEach(authorizer::authorize);
        }
    }

    /** Returns the exception for a caller who may not do that with a key because of what is there. */
    static SessionAccessDeniedException denied(TrackerMethod method, SessionAddress address, String reason) {
        return new SessionAccessDeniedException(
                method.accesses(address.type(), address.key()).get(0), reason);
    }

    private static <C> C sent(SessionInstrumentation.Operation begun, Supplier<C> call) {
        C stage;
        try {
            stage = call.get();
        } catch (RuntimeException | Error failed) {
            begun.sent();
            begun.ended((@Nullable SessionError) null, failed);
            throw failed;
        }
        begun.sent();
        return stage;
    }
}
