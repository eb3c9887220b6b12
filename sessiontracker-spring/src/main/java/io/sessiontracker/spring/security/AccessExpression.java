package io.sessiontracker.spring.security;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Parses access rules. The names that they use are checked at once: SpEL itself would fail at the first call, or never where {@code or}
 * needs only its left side.
 */
final class AccessExpression {

    private static final SpelExpressionParser PARSER = new SpelExpressionParser();
    private static final Set<String> VARIABLES = Set.of("type", "key", "operation", "method", "root", "this");
    private static final Set<String> METHODS = names(Stream.of(AccessExpressionHandler.Root.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .filter(name -> !name.startsWith("set") && !name.startsWith("get")));
    private static final Set<String> PROPERTIES = names(Stream.concat(
            Stream.of(AccessExpressionHandler.Root.class.getFields()).map(Field::getName),
            Stream.of(AccessExpressionHandler.Root.class.getMethods())
                    .map(AccessExpression::property)
                    .filter(name -> !name.isEmpty())));

    private AccessExpression() {}

    /** @throws IllegalArgumentException if it is no expression, or uses a name that there is not; the message names it */
    static Expression parse(String text) {
        SpelExpression expression;
        try {
            expression = PARSER.parseRaw(text);
        } catch (ParseException | IllegalStateException invalid) {
            throw new IllegalArgumentException("It is no SpEL expression: " + invalid.getMessage(), invalid);
        }
        check(expression.getAST(), true);
        return expression;
    }

    /** @param ofRoot whether a name means one of the root object */
    private static void check(SpelNode node, boolean ofRoot) {
        if (node instanceof VariableReference) {
            requireKnown("variable", node.toStringAST().substring(1), VARIABLES);
        } else if (node instanceof MethodReference method && ofRoot) {
            requireKnown("method", method.getName(), METHODS);
        } else if (node instanceof PropertyOrFieldReference property && ofRoot) {
            requireKnown("property", property.getName(), PROPERTIES);
        }
        boolean ofElement = node instanceof Selection || node instanceof Projection;
        for (int i = 0; i < node.getChildCount() && !ofElement; i++) {
            check(node.getChild(i), i == 0 || !(node instanceof CompoundExpression));
        }
    }

    private static void requireKnown(String kind, String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no %s \"%s\" in it; there are %s".formatted(kind, name, new TreeSet<>(known)));
        }
    }

    private static String property(Method method) {
        String name = method.getName();
        int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
        return prefix == 0 || method.getParameterCount() > 0 || method.getDeclaringClass() == Object.class
                ? ""
                : name.substring(prefix, prefix + 1).toLowerCase(Locale.ROOT) + name.substring(prefix + 1);
    }

    private static Set<String> names(Stream<String> names) {
        return new TreeSet<>(names.toList());
    }
}
