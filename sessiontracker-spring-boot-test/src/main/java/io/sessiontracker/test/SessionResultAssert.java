package io.sessiontracker.test;

import io.sessiontracker.Session;
import io.sessiontracker.SessionError;
import io.sessiontracker.SessionResult;
import io.sessiontracker.SessionResult.Failure;
import io.sessiontracker.SessionResult.Success;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@link SessionResult}.
 *
 * @param <T> the type of a success's value
 */
public final class SessionResultAssert<T extends @Nullable Object>
        extends AbstractAssert<SessionResultAssert<T>, SessionResult<T>> {

    SessionResultAssert(@Nullable SessionResult<T> actual) {
        super(actual, SessionResultAssert.class);
    }

    /** Verifies that the operation succeeded. */
    public SessionResultAssert<T> isSuccess() {
        isNotNull();
        if (actual instanceof Failure<T> failure) {
            throw failure("Expected a success, but: %s", description(failure.error()));
        }
        return this;
    }

    /** Verifies that the operation failed with an error. */
    public SessionResultAssert<T> isFailure() {
        isNotNull();
        if (actual instanceof Success<T> success) {
            throw failure("Expected a failure, but it was a success: <%s>", success.value());
        }
        return this;
    }

    /** Verifies success and returns assertions on the value, which is null for an operation without one. */
    public ObjectAssert<T> value() {
        isSuccess();
        return Assertions.assertThatObject(actual.orElseThrow()).as("The result's value");
    }

    /** Verifies success with a session and returns assertions on it. */
    public SessionAssert<Session> session() {
        isSuccess();
        if (actual.orElseThrow() instanceof Session session) {
            return new SessionAssert<>(session).as("The result's session");
        }
        throw failure("Expected a session, but it was <%s>", actual.orElseThrow());
    }

    /** Verifies failure with an error of this class and returns assertions on it. */
    public <E extends SessionError> ObjectAssert<E> failedWith(Class<E> error) {
        isNotNull();
        if (actual instanceof Failure<T> failure) {
            if (error.isInstance(failure.error())) {
                return Assertions.assertThatObject(error.cast(failure.error())).as("The result's error");
            }
            throw failure("Expected %s, but: %s", error.getSimpleName(), description(failure.error()));
        }
        throw failure("Expected %s, but it was a success: <%s>", error.getSimpleName(), actual.orElseThrow());
    }

    private static String description(SessionError error) {
        return error.getClass().getSimpleName() + ": " + error.message();
    }
}
