package io.sessiontracker.spring;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.AnnotatedElementKey;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.CachedExpressionEvaluator;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;

/** Evaluates keys in Spring's expression language, parsed once per method; the root is the bean. */
final class KeyExpressions extends CachedExpressionEvaluator {

    private final Map<ExpressionKey, Expression> cache = new ConcurrentHashMap<>();
    private final BeanFactory beans;

    KeyExpressions(BeanFactory beans) {
        this.beans = beans;
    }

    @Nullable
    Object evaluate(String key, Method method, Object target, @Nullable Object[] arguments) {
        MethodBasedEvaluationContext context =
                new MethodBasedEvaluationContext(target, method, arguments, getParameterNameDiscoverer());
        context.setBeanResolver(new BeanFactoryResolver(beans));
        return expression(key, method, target.getClass()).getValue(context);
    }

    private Expression expression(String key, Method method, Class<?> targetClass) {
        return getExpression(cache, new AnnotatedElementKey(method, targetClass), key);
    }

    /** Returns the variables of an expression that the method does not have. Throws if it is not an expression. */
    Set<String> unknownVariables(String key, Method method, Class<?> targetClass) {
        Set<String> unknown = new LinkedHashSet<>();
        if (expression(key, method, targetClass) instanceof SpelExpression expression) {
            collectVariables(expression.getAST(), unknown);
        }
        unknown.removeAll(variables(method));
        return unknown;
    }

    /** Returns the variables that an expression for the method may use. */
    Set<String> variables(Method method) {
        Set<String> variables = new LinkedHashSet<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            String name = parameterName(method, i);
            if (name != null) {
                variables.add("#" + name);
            }
            variables.add("#p" + i);
            variables.add("#a" + i);
        }
        variables.add("#root");
        variables.add("#this");
        return variables;
    }

    /** Returns null if it is not known, or the parameter is the one that the Kotlin compiler adds to a suspending function. */
    @Nullable
    String parameterName(Method method, int parameter) {
        String[] names = getParameterNameDiscoverer().getParameterNames(method);
        return names == null || parameter >= names.length ? null : names[parameter];
    }

    private static void collectVariables(SpelNode node, Set<String> variables) {
        if (node instanceof VariableReference) {
            variables.add(node.toStringAST());
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            collectVariables(node.getChild(i), variables);
        }
    }
}
