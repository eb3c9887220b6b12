package io.sessiontracker.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ReflectionUtils;

/** What a native image needs beside the application's session classes: the scripts, and what Spring's conversion calls by name. */
final class SessionTrackerRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("io/sessiontracker/redis/**/*.lua");
        for (var method : ReflectionUtils.getDeclaredMethods(Lifetime.class)) {
            if (method.getName().equals("valueOf")) {
                hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
            }
        }
    }
}
