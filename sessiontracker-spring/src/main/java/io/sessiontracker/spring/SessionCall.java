package io.sessiontracker.spring;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.WithSession;
import io.sessiontracker.WithSessionException;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * A call of a method with the session that has the key.
 *
 * @param <S> the session's class
 */
record SessionCall<S extends Session>(SessionMethod<S> method, String key, ProxyMethodInvocation invocation) {

    Class<S> type() {
        return method.type();
    }

    WithSession annotation() {
        return method.annotation();
    }

    S create() {
        return method.create(key);
    }

    /** Proceeds with a copy of the invocation, which can proceed only once. */
    @Nullable
    Object proceed(S session) throws Exception {
        @Nullable Object[] arguments = invocation.getArguments().clone();
        arguments[method.parameter()] = session;
        try {
            return invocation.invocableClone(arguments).proceed();
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException(method.description() + " threw neither an exception nor an error", thrown);
        }
    }

    /** Whether to call the method again, as another writer was faster. */
    boolean repeatable(SessionResult<S> stored, int attempt) {
        return attempt < annotation().attempts()
                && stored.failure().orElse(null) instanceof SessionError.VersionConflict;
    }

    /** Returns the value of a success; throws the method's exception for a failure. */
    <T> T require(SessionResult<T> result) {
        if (result instanceof SessionResult.Success<T> success) {
            return success.value();
        }
        throw new WithSessionException(method.description(), ((SessionResult.Failure<T>) result).error());
    }
}
