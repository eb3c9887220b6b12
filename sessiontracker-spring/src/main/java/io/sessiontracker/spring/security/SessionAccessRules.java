package io.sessiontracker.spring.security;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.sessiontracker.SessionAccess;
import io.sessiontracker.SessionAccess.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.expression.Expression;
import org.springframework.security.access.expression.ExpressionUtils;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/**
 * Rules by session type and operation, each a <a
 * href="https://docs.spring.io/spring-security/reference/servlet/authorization/method-security.html">security expression</a> with the
 * variables {@code #type}, {@code #key}, {@code #operation} and {@code #method}. What no rule is about is left open: the result is null.
 */
public final class SessionAccessRules implements AuthorizationManager<SessionAccess> {

    private final AccessExpressionHandler handler = new AccessExpressionHandler();
    private final Map<Subject, Expression> rules = new HashMap<>();

    /**
     * Creates an empty set of rules.
     *
     * @param context whose beans rules may use, as in {@code @orders.mayRead(#key)}
     */
    public SessionAccessRules(ApplicationContext context) {
        handler.setApplicationContext(context);
    }

    /**
     * Adds a rule.
     *
     * @param type null for each type that has none for that operation
     * @param operation null for each operation that has none
     * @throws IllegalArgumentException if the expression cannot be evaluated; the message says why
     */
    public void add(@Nullable String type, @Nullable Operation operation, String expression) {
        rules.put(new Subject(type, operation), AccessExpression.parse(expression));
    }

    /** Whether there is no rule. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public @Nullable AuthorizationResult authorize(
            Supplier<? extends Authentication> authentication, SessionAccess access) {
        Expression rule = rule(access);
        return rule == null
                ? null
                : new AuthorizationDecision(ExpressionUtils.evaluateAsBoolean(
                        rule, handler.createEvaluationContext(authentication, access)));
    }

    private @Nullable Expression rule(SessionAccess access) {
        for (@Nullable String type : new @Nullable String[] {access.type(), null}) {
            for (@Nullable Operation operation : new @Nullable Operation[] {access.operation(), null}) {
                Expression rule = rules.get(new Subject(type, operation));
                if (rule != null) {
                    return rule;
                }
            }
        }
        return null;
    }

    private record Subject(@Nullable String type, @Nullable Operation operation) {}
}
