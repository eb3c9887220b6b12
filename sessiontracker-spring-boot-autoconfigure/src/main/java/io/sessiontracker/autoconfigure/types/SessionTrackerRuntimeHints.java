package io.sessiontracker.autoconfigure.types;

import io.sessiontracker.autoconfigure.settings.Lifetime;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/** Registers what a native image needs beside session classes: the scripts, and methods that Spring's conversion finds by name. */
final class SessionTrackerRuntimeHints implements RuntimeHintsRegistrar {

    /** Its methods are called by access rules, which need Spring Security. */
    private static final String ACCESS_EXPRESSIONS = "io.sessiontracker.spring.security.AccessExpressionHandler$Root";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources()
                .registerPattern("io/sessiontracker/redis/**/*.lua")
                .registerPattern("io/sessiontracker/jdbc/*.sql");
        hints.reflection().registerTypeIfPresent(classLoader, ACCESS_EXPRESSIONS, MemberCategory.INVOKE_PUBLIC_METHODS);
        for (var method : ReflectionUtils.getDeclaredMethods(Lifetime.class)) {
            if (method.getName().equals("valueOf")) {
                hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
            }
        }
    }
}
