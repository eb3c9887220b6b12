package io.sessiontracker.spring;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Recognises the exception of a method that was called from its own class: past the proxy, so with null in place of its session.
 * It is thrown where the method uses its parameter, and seen by the next advised method around.
 */
final class SelfCalls {

    /** Throw for null on behalf of their callers. */
    private static final Set<String> NULL_CHECKS = Set.of("java.util.Objects", "kotlin.jvm.internal.Intrinsics");

    private final SessionMethods methods;
    private final KeyExpressions keys;

    SelfCalls(SessionMethods methods, KeyExpressions keys) {
        this.methods = methods;
        this.keys = keys;
    }

    /** Returns an exception that says so, or the one given if it has another cause. */
    RuntimeException explain(NullPointerException thrown, Class<?> targetClass) {
        StackTraceElement[] trace = thrown.getStackTrace();
        int i = 0;
        while (i < trace.length && NULL_CHECKS.contains(trace[i].getClassName())) {
            i++;
        }
        if (i + 1 < trace.length && isOf(targetClass, trace[i + 1])) {
            for (SessionMethod<?> method : methods.of(targetClass)) {
                if (isIn(method, trace[i]) && isAboutSession(thrown.getMessage(), method)) {
                    return new IllegalStateException(
                            method.description() + " was called from its own class, past the proxy that gives it its"
                                    + " session; call it from another bean, or pass it the session",
                            thrown);
                }
            }
        }
        return thrown;
    }

    private static boolean isIn(SessionMethod<?> method, StackTraceElement frame) {
        return frame.getMethodName().equals(method.method().getName())
                && frame.getClassName()
                        .equals(method.method().getDeclaringClass().getName());
    }

    /** A proxy calls by reflection, so the frame is then of the JDK. */
    private static boolean isOf(Class<?> targetClass, StackTraceElement caller) {
        for (Class<?> each = targetClass; each != null; each = each.getSuperclass()) {
            if (caller.getClassName().equals(each.getName())
                    || caller.getClassName().startsWith(each.getName() + "$")) {
                return true;
            }
        }
        return false;
    }

    /** The JVM's message names the variable, or the parameter's number where the class file has no names. */
    private boolean isAboutSession(@Nullable String message, SessionMethod<?> method) {
        return message == null
                || message.contains("\"<parameter%d>\"".formatted(method.parameter() + 1))
                || message.contains("\"%s\"".formatted(keys.parameterName(method.method(), method.parameter())));
    }
}
