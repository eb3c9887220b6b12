package io.sessiontracker.engine;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations under an instrumentation.
 *
 * @param admission throws if no operation may begin now; nothing is observed then
 */
record OperationObserver(SessionInstrumentation instrumentation, Runnable admission) {

    /** Runs the call, and returns its very stage: cancelling that must reach the request. */
    <R, C extends CompletionStage<R>> C call(
            String operation, SessionTypeInfo<?> info, @Nullable String key, Supplier<C> call) {
        admission.run();
        if (instrumentation == SessionInstrumentation.NONE) {
            return call.get();
        }
        SessionInstrumentation.Operation begun = instrumentation.begin(operation, info.name(), key);
        C stage = sent(begun, call);
        var unused = stage.whenComplete((result, failure) -> begun.ended(
                result instanceof SessionResult.Failure<?> failed ? failed.error() : null,
                failure == null ? null : Futures.cause(failure)));
        return stage;
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
