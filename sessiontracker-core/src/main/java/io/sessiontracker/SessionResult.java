package io.sessiontracker;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation: a value, or the {@link SessionError} that says why nothing was done. Broken things (the
 * store cannot be reached, a session cannot be read) are {@link SessionTrackerException}s instead.
 *
 * @param <T> the value's type; {@code @Nullable Void} where success has no value, which is then null
 */
@CheckReturnValue
public sealed interface SessionResult<T extends @Nullable Object> {

    /** The operation was done. */
    record Success<T extends @Nullable Object>(T value) implements SessionResult<T> {}

    /** Nothing was done, for the given reason. */
    record Failure<T extends @Nullable Object>(SessionError error) implements SessionResult<T> {

        /** Rejects null. */
        public Failure {
            Objects.requireNonNull(error, "error");
        }
    }

    /** Returns a success with the value. */
    static <T extends @Nullable Object> SessionResult<T> success(T value) {
        return new Success<>(value);
    }

    /** Returns a failure with the error. */
    static <T extends @Nullable Object> SessionResult<T> failure(SessionError error) {
        return new Failure<>(error);
    }

    /** Returns whether the operation was done. */
    default boolean isSuccess() {
        return this instanceof Success;
    }

    /** Returns whether nothing was done. */
    default boolean isFailure() {
        return this instanceof Failure;
    }

    /**
     * Returns the value.
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

    /** Returns the value, or the given one if this is a failure. */
    default @Nullable T orElse(@Nullable T other) {
        return this instanceof Success<T> success ? success.value() : other;
    }

    /** Returns the value; empty if this is a failure, and also if the value is null. */
    default Optional<T> toOptional() {
        return Optional.ofNullable(orElse(null));
    }

    /** Returns the error; empty if this is a success. */
    default Optional<SessionError> failure() {
        return this instanceof Failure<T> failure ? Optional.of(failure.error()) : Optional.empty();
    }

    /** Applies the function to the value; keeps a failure. */
    default <R extends @Nullable Object> SessionResult<R> map(Function<? super T, ? extends R> function) {
        return this instanceof Success<T> success
                ? new Success<R>(function.apply(success.value()))
                : new Failure<R>(((Failure<T>) this).error());
    }

    /** Returns the function's result for the value; keeps a failure. */
    @SuppressWarnings("unchecked") // a result only ever gives its value out
    default <R extends @Nullable Object> SessionResult<R> flatMap(
            Function<? super T, ? extends SessionResult<? extends R>> function) {
        return this instanceof Success<T> success
                ? (SessionResult<R>) function.apply(success.value())
                : new Failure<R>(((Failure<T>) this).error());
    }

    /** Passes the value to the consumer if this is a success, and returns this. */
    @CanIgnoreReturnValue
    default SessionResult<T> ifSuccess(Consumer<? super T> consumer) {
        if (this instanceof Success<T> success) {
            consumer.accept(success.value());
        }
        return this;
    }

    /** Passes the error to the consumer if this is a failure, and returns this. */
    @CanIgnoreReturnValue
    default SessionResult<T> ifFailure(Consumer<? super SessionError> consumer) {
        if (this instanceof Failure<T> failure) {
            consumer.accept(failure.error());
        }
        return this;
    }
}
