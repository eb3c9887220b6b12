package io.sessiontracker.spring;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/** Calls a method with its session, and stores the session afterwards. */
final class WithSessionInterceptor implements MethodInterceptor {

    private final SessionMethods methods;
    private final KeyExpressions keys;
    private final SelfCalls selfCalls;
    private final BlockingSessionCalls blocking;
    private final SingletonSupplier<ReactiveSessionCalls> reactive;

    WithSessionInterceptor(BeanFactory beans, SessionMethods methods, KeyExpressions keys) {
        this.methods = methods;
        this.keys = keys;
        this.selfCalls = new SelfCalls(methods, keys);
        HeldSessions.OfThread held = new HeldSessions.OfThread();
        this.blocking =
                new BlockingSessionCalls(SingletonSupplier.of(() -> beans.getBean(SessionTracker.class))::obtain, held);
        // Reactor need not be on the class path.
        this.reactive = SingletonSupplier.of(() -> new ReactiveSessionCalls(beans, held));
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object target = invocation.getThis();
        Assert.state(target != null, "A method with @WithSession was called without a bean");
        Class<?> targetClass = AopUtils.getTargetClass(target);
        SessionMethod<?> method = methods.of(invocation.getMethod(), targetClass);
        try {
            return method == null ? invocation.proceed() : call(method, target, (ProxyMethodInvocation) invocation);
        } catch (NullPointerException thrown) {
            throw selfCalls.explain(thrown, targetClass);
        }
    }

    private <S extends Session> @Nullable Object call(
            SessionMethod<S> method, Object target, ProxyMethodInvocation invocation) throws Exception {
        return method.completion().kind() == MethodCompletion.Kind.RETURN
                ? blocking.call(new SessionCall<>(method, key(method, target, invocation), invocation))
                : reactive.obtain()
                        .call(method, () -> new SessionCall<>(method, key(method, target, invocation), invocation));
    }

    private String key(SessionMethod<?> method, Object target, MethodInvocation invocation) {
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
}
