package io.sessiontracker.spring.security;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

import io.sessiontracker.SessionAccess;
import org.jspecify.annotations.Nullable;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.security.access.expression.AbstractSecurityExpressionHandler;
import org.springframework.security.access.expression.SecurityExpressionOperations;
import org.springframework.security.access.expression.SecurityExpressionRoot;
import org.springframework.security.core.Authentication;

/** What an access rule can use: Spring Security's expressions, beans, and the variables of the access. */
final class AccessExpressionHandler extends AbstractSecurityExpressionHandler<SessionAccess> {

    @Override
    public EvaluationContext createEvaluationContext(
            Supplier<? extends Authentication> authentication, SessionAccess access) {
        Root root = new Root(authentication, access);
        root.setAuthorizationManagerFactory(getAuthorizationManagerFactory());
        root.setPermissionEvaluator(getPermissionEvaluator());
        StandardEvaluationContext context = new StandardEvaluationContext(root);
        context.setBeanResolver(getBeanResolver());
        context.setVariable("type", access.type());
        context.setVariable("key", access.key());
        context.setVariable("operation", access.operation().name().toLowerCase(Locale.ROOT));
        context.setVariable("method", access.method());
        return context;
    }

    @Override
    protected SecurityExpressionOperations createSecurityExpressionRoot(
            @Nullable Authentication authentication, SessionAccess access) {
        return new Root(() -> Objects.requireNonNull(authentication), access);
    }

    /** What Spring Security's expressions are methods of. */
    static final class Root extends SecurityExpressionRoot<SessionAccess> {

        Root(Supplier<? extends Authentication> authentication, SessionAccess access) {
            super(authentication, access);
        }
    }
}
