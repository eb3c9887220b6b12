package io.sessiontracker.spring;

import java.util.function.Supplier;

import io.sessiontracker.LockedSession;
import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSessionException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.Assert;

/** Calls a method with its session, and stores the session afterwards. */
final class WithSessionInterceptor implements MethodInterceptor {

    private final Supplier<SessionTracker> tracker;
    private final SessionMethods methods;
    private final KeyExpressions keys;
    private final HeldSessions held = new HeldSessions();

    WithSessionInterceptor(Supplier<SessionTracker> tracker, SessionMethods methods, KeyExpressions keys) {
        this.tracker = tracker;
        this.methods = methods;
        this.keys = keys;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        Assert.state(target != null, "A method with @WithSession was called without a bean");
        SessionMethod method = methods.of(invocation.getMethod(), AopUtils.getTargetClass(target));
        String key = key(method, target, invocation);
        return method.annotation().lock()
                ? callLocked(method, method.type(), key, (ProxyMethodInvocation) invocation)
                : callUnlocked(method, method.type(), key, (ProxyMethodInvocation) invocation);
    }

    private String key(SessionMethod method, Object target, MethodInvocation invocation) {
        if (invocation.getArguments()[method.parameter()] != null) {
            throw new IllegalArgumentException(method.description()
                    + " receives its session from @WithSession; pass null for it, as an argument would be ignored");
        }
        String expression = method.annotation().key();
        Object key = keys.evaluate(expression, method.method(), target, invocation.getArguments());
        if (key == null) {
            throw new IllegalArgumentException(
                    method.description() + ": the session's key \"" + expression + "\" is null");
        }
        return key.toString();
    }

    private <S extends Session> @Nullable Object callLocked(
            SessionMethod method, Class<S> type, String key, ProxyMethodInvocation invocation) throws Throwable {
        S joined = held.get(type, key);
        if (joined != null) {
            return callHolding(method, joined, invocation);
        }
        try (LockedSession<S> locked = require(method, tracker.get().getLocked(type, key))) {
            held.add(type, key, locked);
            try {
                return callHolding(method, locked.session(), invocation);
            } finally {
                held.remove(type, key, locked);
            }
        }
    }

    private @Nullable Object callHolding(SessionMethod method, Session session, ProxyMethodInvocation invocation)
            throws Throwable {
        Object result = call(method, session, invocation);
        store(method, session);
        return result;
    }

    private <S extends Session> @Nullable Object callUnlocked(
            SessionMethod method, Class<S> type, String key, ProxyMethodInvocation invocation) throws Throwable {
        for (int attempt = 1; ; attempt++) {
            S session = require(method, tracker.get().get(type, key));
            Object result = call(method, session, invocation);
            try {
                store(method, session);
                return result;
            } catch (WithSessionException failed) {
                if (!(failed.error() instanceof SessionError.VersionConflict) || attempt >= method.attempts()) {
                    throw failed;
                }
            }
        }
    }

    /** Proceeds with a copy of the invocation, which can proceed only once. */
    private static @Nullable Object call(SessionMethod method, Session session, ProxyMethodInvocation invocation)
            throws Throwable {
        @Nullable Object[] arguments = invocation.getArguments().clone();
        arguments[method.parameter()] = session;
        return invocation.invocableClone(arguments).proceed();
    }

    private void store(SessionMethod method, Session session) {
        if (method.annotation().store()) {
            var unused = require(method, tracker.get().update(session));
        }
    }

    private static <T> T require(SessionMethod method, SessionResult<T> result) {
        if (result instanceof SessionResult.Success<T> success) {
            return success.value();
        }
        throw new WithSessionException(method.description(), ((SessionResult.Failure<T>) result).error());
    }
}
