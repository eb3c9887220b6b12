package io.sessiontracker;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * What came of an operation: a value, or the {@link SessionError} that says why nothing was done. What is broken (the
 * store cannot be reached, a session cannot be read) is a {@link SessionTrackerException} instead.
 *
 * @param <T> the value's type; {@code @Nullable Void} where success has none, and its value is null
 */
@CheckReturnValue
public sealed interface SessionResult<T extends @Nullable Object> {

    /** It was done. */
    record Success<T extends @Nullable Object>(T value) implements SessionResult<T> {}

    /** Nothing was done, for this reason. */
    record Failure<T extends @Nullable Object>(SessionError error) implements SessionResult<T> {

        /** Refuses a null. */
        public Failure {
            Objects.requireNonNull(error, "error");
        }
    }

    /** Success with a value. */
    static <T extends @Nullable Object> SessionResult<T> success(T value) {
        return new Success<>(value);
    }

    /** Failure for a reason. */
    static <T extends @Nullable Object> SessionResult<T> failure(SessionError error) {
        return new Failure<>(error);
    }

    /** Whether it was done. */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /** Whether nothing was done. */
    default boolean isFailure() {
        return this instanceof Failure;
    }

    /**
     * The value.
     *
     * @throws SessionErrorException with the error, if this is a failure
     */
    @CanIgnoreReturnValue
    default T orElseThrow() {
        if (this instanceof Success<T> success) {
            return success.value();
        }
        throw new SessionErrorException(((Failure<T>) this).error());
    }

    /** The value, or the given one if this is a failure. */
    default @Nullable T orElse(@Nullable T other) {
        return this instanceof Success<T> success ? success.value() : other;
    }

    /** The value; empty if this is a failure, and also if the value is null. */
    default Optional<T> toOptional() {
        return Optional.ofNullable(orElse(null));
    }

    /** The error; empty if this is a success. */
    default Optional<SessionError> failure() {
        return this instanceof Failure<T> failure ? Optional.of(failure.error()) : Optional.empty();
    }

    /** Applies the function to the value; keeps a failure as it is. */
    default <R extends @Nullable Object> SessionResult<R> map(Function<? super T, ? extends R> function) {
        return this instanceof Success<T> success
                ? new Success<R>(function.apply(success.value()))
                : new Failure<R>(((Failure<T>) this).error());
    }

    /** The function's result for the value; keeps a failure as it is. */
    @SuppressWarnings("unchecked") // a result only ever gives its value out
    default <R extends @Nullable Object> SessionResult<R> flatMap(
            Function<? super T, ? extends SessionResult<? extends R>> function) {
        return this instanceof Success<T> success
                ? (SessionResult<R>) function.apply(success.value())
                : new Failure<R>(((Failure<T>) this).error());
    }

    /** Hands the value to the consumer if this is a success; answers this. */
    @CanIgnoreReturnValue
    default SessionResult<T> ifSuccess(Consumer<? super T> consumer) {
        if (this instanceof Success<T> success) {
            consumer.accept(success.value());
        }
        return this;
    }

    /** Hands the error to the consumer if this is a failure; answers this. */
    @CanIgnoreReturnValue
    default SessionResult<T> ifFailure(Consumer<? super SessionError> consumer) {
        if (this instanceof Failure<T> failure) {
            consumer.accept(failure.error());
        }
        return this;
    }
}
