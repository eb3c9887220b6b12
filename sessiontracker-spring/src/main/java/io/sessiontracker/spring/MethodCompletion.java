package io.sessiontracker.spring;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * When a method's work is done, by what it returns.
 *
 * @param adapter of what is returned; null if that is no publisher, or Spring adapts it, as for Kotlin's suspending functions
 */
record MethodCompletion(Kind kind, @Nullable ReactiveAdapter adapter) {

    private static final boolean REACTOR = isPresent("reactor.core.publisher.Mono");
    private static final boolean COROUTINES =
            KotlinDetector.isKotlinReflectPresent() && isPresent("kotlinx.coroutines.reactor.MonoKt");

    enum Kind {
        /** When it returns. */
        RETURN,
        /** When the stage completes. */
        STAGE,
        /** When a publisher of at most one element completes. */
        SINGLE,
        /** When a publisher completes. */
        MULTIPLE
    }

    static MethodCompletion of(Method method, String description) {
        if (KotlinDetector.isSuspendingFunction(method)) {
            return ofSuspending(method, description);
        }
        Class<?> returned = method.getReturnType();
        if (Future.class.isAssignableFrom(returned) || CompletionStage.class.isAssignableFrom(returned)) {
            return ofStage(returned, description);
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned);
        return adapter == null ? new MethodCompletion(Kind.RETURN, null) : new MethodCompletion(kind(adapter), adapter);
    }

    private static MethodCompletion ofStage(Class<?> returned, String description) {
        if (returned != CompletableFuture.class && returned != CompletionStage.class) {
            throw new InvalidSessionMethodException(
                    description,
                    "it returns a %s, and its session would be stored before its work is done."
                            .formatted(returned.getSimpleName()),
                    "Return a CompletableFuture, a Mono or a Flux, or what the work results in.");
        }
        if (!REACTOR) {
            throw new InvalidSessionMethodException(
                    description,
                    "it returns a %s, and Reactor, which calls it, is not on the class path."
                            .formatted(returned.getSimpleName()),
                    "Add io.projectreactor:reactor-core.");
        }
        return new MethodCompletion(Kind.STAGE, null);
    }

    private static MethodCompletion ofSuspending(Method method, String description) {
        if (!COROUTINES) {
            throw new InvalidSessionMethodException(
                    description,
                    "it is a suspending function, and what Spring calls these with is not on the class path.",
                    "Add org.jetbrains.kotlinx:kotlinx-coroutines-reactor and org.jetbrains.kotlin:kotlin-reflect.");
        }
        ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance()
                .getAdapter(new MethodParameter(method, -1).getParameterType());
        return new MethodCompletion(adapter == null ? Kind.SINGLE : kind(adapter), null);
    }

    private static Kind kind(ReactiveAdapter adapter) {
        return adapter.isMultiValue() ? Kind.MULTIPLE : Kind.SINGLE;
    }

    boolean isMultiple() {
        return kind == Kind.MULTIPLE;
    }

    private static boolean isPresent(String className) {
        return ClassUtils.isPresent(className, MethodCompletion.class.getClassLoader());
    }
}
