package io.sessiontracker.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.sessiontracker.Session;
import io.sessiontracker.WithSession;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.expression.ParseException;
import org.springframework.util.ClassUtils;

/** Reads the annotations of methods, once per method, and refuses invalid ones. */
final class SessionMethods {

    private final KeyExpressions keys;
    private final Map<MethodClassKey, Optional<SessionMethod<?>>> known = new ConcurrentHashMap<>();

    SessionMethods(KeyExpressions keys) {
        this.keys = keys;
    }

    /** Returns the session classes of the methods known so far. */
    Set<Class<? extends Session>> types() {
        return known.values().stream()
                .flatMap(Optional::stream)
                .<Class<? extends Session>>map(SessionMethod::type)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the session classes that a bean's class names, before its methods are verified. */
    static Set<Class<? extends Session>> typesOf(Class<?> targetClass) {
        return annotated(targetClass).entrySet().stream()
                .flatMap(it -> it.getValue().type() == Session.class
                        ? Arrays.stream(it.getKey().getParameterTypes())
                        : Stream.of(it.getValue().type()))
                .filter(type -> Session.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                .<Class<? extends Session>>map(type -> type.asSubclass(Session.class))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<Method, WithSession> annotated(Class<?> targetClass) {
        return MethodIntrospector.selectMethods(targetClass, (MethodIntrospector.MetadataLookup<WithSession>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, WithSession.class));
    }

    /** Whether a bean's class has annotated methods. */
    static boolean isAnnotated(Class<?> targetClass) {
        return AnnotationUtils.isCandidateClass(targetClass, WithSession.class)
                && !annotated(targetClass).isEmpty();
    }

    /** Verifies and returns all annotated methods of a bean's class. */
    List<SessionMethod<?>> of(Class<?> targetClass) {
        return annotated(targetClass).keySet().stream()
                .<SessionMethod<?>>map(method -> Objects.requireNonNull(of(method, targetClass)))
                .toList();
    }

    /** Returns null for a method without the annotation. */
    @Nullable
    SessionMethod<?> of(Method called, Class<?> targetClass) {
        return known.computeIfAbsent(
                        new MethodClassKey(called, targetClass),
                        unused -> find(AopUtils.getMostSpecificMethod(called, targetClass), targetClass))
                .orElse(null);
    }

    private Optional<SessionMethod<?>> find(Method method, Class<?> targetClass) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method, WithSession.class))
                .map(annotation -> read(method, annotation, targetClass));
    }

    private SessionMethod<?> read(Method method, WithSession annotation, Class<?> targetClass) {
        String description = ClassUtils.getQualifiedMethodName(method, targetClass)
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
        requireInterceptable(method, targetClass, description);
        MethodCompletion completion = MethodCompletion.of(method, description);
        requireAttempts(annotation, completion, description);
        int parameter = parameter(method, annotation.type(), description);
        Class<? extends Session> type = type(method, annotation.type(), parameter, description);
        requireKey(annotation.key(), method, targetClass, description);
        return method(method, annotation, type, parameter, completion, description);
    }

    private static <S extends Session> SessionMethod<S> method(
            Method method,
            WithSession annotation,
            Class<S> type,
            int parameter,
            MethodCompletion completion,
            String description) {
        Constructor<S> constructor = annotation.start() ? constructor(type, description) : null;
        return new SessionMethod<>(method, annotation, type, parameter, constructor, completion, description);
    }

    private static <S extends Session> Constructor<S> constructor(Class<S> type, String description) {
        try {
            return type.getDeclaredConstructor(String.class);
        } catch (NoSuchMethodException missing) {
            throw new InvalidSessionMethodException(
                    description,
                    "it cannot start a %s, which has no constructor that takes only the key.".formatted(type.getName()),
                    "Give the class a constructor with one parameter, a String; or remove start = true, and start the"
                            + " session with the SessionTracker.");
        }
    }

    private static void requireInterceptable(Method method, Class<?> targetClass, String description) {
        int modifiers = method.getModifiers();
        if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers) || Modifier.isFinal(modifiers)) {
            throw new InvalidSessionMethodException(
                    description,
                    "it is private, static or final, so a proxy cannot intercept it.",
                    "Make it overridable, and call it from another bean.");
        }
        if (Modifier.isFinal(targetClass.getModifiers())
                && ClassUtils.getAllInterfacesForClass(targetClass).length == 0) {
            throw new InvalidSessionMethodException(
                    description,
                    "its class is final and has no interface, so it cannot be proxied.",
                    "Remove the final, or let the class implement an interface with the method.");
        }
    }

    private static void requireAttempts(WithSession annotation, MethodCompletion completion, String description) {
        if (annotation.attempts() < 1) {
            throw new InvalidSessionMethodException(
                    description,
                    "attempts is %d.".formatted(annotation.attempts()),
                    "Let attempts be 1, to call the method once, or more.");
        }
        if (annotation.attempts() > 1 && (annotation.lock() || !annotation.store())) {
            throw new InvalidSessionMethodException(
                    description,
                    "attempts is %d, but there is nothing to repeat: %s."
                            .formatted(
                                    annotation.attempts(),
                                    annotation.lock()
                                            ? "with a lock there are no conflicts"
                                            : "the session is not stored"),
                    "Remove attempts, or let the method store its session without a lock.");
        }
        if (annotation.attempts() > 1 && completion.isMultiple()) {
            throw new InvalidSessionMethodException(
                    description,
                    "attempts is %d, but its elements are passed on before the session is stored."
                            .formatted(annotation.attempts()),
                    "Remove attempts, or return one element: a Mono with a list.");
        }
    }

    private static int parameter(Method method, Class<? extends Session> type, String description) {
        List<Integer> matching = IntStream.range(0, method.getParameterCount())
                .filter(i -> matches(method.getParameterTypes()[i], type))
                .boxed()
                .toList();
        if (matching.size() != 1) {
            String wanted = type == Session.class ? "a session class" : type.getSimpleName();
            throw new InvalidSessionMethodException(
                    description,
                    "it has %s of %s.".formatted(matching.isEmpty() ? "no parameter" : "several parameters", wanted),
                    "Give it one such parameter, for the session; if there must be several, name the class with type ="
                            + " ….");
        }
        return matching.get(0);
    }

    private static boolean matches(Class<?> parameter, Class<? extends Session> type) {
        return type == Session.class
                ? Session.class.isAssignableFrom(parameter)
                : Session.class.isAssignableFrom(parameter) && parameter.isAssignableFrom(type);
    }

    private static Class<? extends Session> type(
            Method method, Class<? extends Session> declared, int parameter, String description) {
        Class<? extends Session> type =
                declared == Session.class ? method.getParameterTypes()[parameter].asSubclass(Session.class) : declared;
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new InvalidSessionMethodException(
                    description,
                    "%s is abstract.".formatted(type.getSimpleName()),
                    "Name the session's own class with type = ….");
        }
        return type;
    }

    private void requireKey(String key, Method method, Class<?> targetClass, String description) {
        try {
            Set<String> unknown = keys.unknownVariables(key, method, targetClass);
            if (!unknown.isEmpty()) {
                throw new InvalidSessionMethodException(
                        description,
                        "its key \"%s\" refers to %s, and the method has no such parameter."
                                .formatted(key, String.join(", ", unknown)),
                        "Refer to one of %s. Parameter names are known if compiled with -parameters."
                                .formatted(String.join(", ", keys.variables(method))));
            }
        } catch (ParseException | IllegalArgumentException | IllegalStateException invalid) {
            throw new InvalidSessionMethodException(
                    description,
                    "its key \"%s\" is not an expression: %s.".formatted(key, detail(invalid)),
                    "Write it in Spring's expression language: #parameter, or 'text' in quotes.");
        }
    }

    private static @Nullable String detail(RuntimeException invalid) {
        return invalid instanceof ParseException parse ? parse.getSimpleMessage() : invalid.getMessage();
    }
}
