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
 * @param <T> what a successful one holds
 */
public final class SessionResultAssert<T extends @Nullable Object>
        extends AbstractAssert<SessionResultAssert<T>, SessionResult<T>> {

    SessionResultAssert(@Nullable SessionResult<T> actual) {
        super(actual, SessionResultAssert.class);
    }

    /** It was done. */
    public SessionResultAssert<T> isSuccess() {
        isNotNull();
        if (actual instanceof Failure<T> failure) {
            throw failure("Expected a success, but: %s", told(failure.error()));
        }
        return this;
    }

    /** Nothing was done, for whatever reason. */
    public SessionResultAssert<T> isFailure() {
        isNotNull();
        if (actual instanceof Success<T> success) {
            throw failure("Expected a failure, but it was a success: <%s>", success.value());
        }
        return this;
    }

    /** It was done; goes on with what that gave, null for an operation that gives nothing. */
    public ObjectAssert<T> value() {
        isSuccess();
        return Assertions.assertThatObject(actual.orElseThrow()).as("The result's value");
    }

    /** It was done, and gave a session; goes on with that. */
    public SessionAssert<Session> session() {
        isSuccess();
        if (actual.orElseThrow() instanceof Session session) {
            return new SessionAssert<>(session).as("The result's session");
        }
        throw failure("Expected a session, but it was <%s>", actual.orElseThrow());
    }

    /** Nothing was done, for a reason of this class; goes on with that. */
    public <E extends SessionError> ObjectAssert<E> failedWith(Class<E> error) {
        isNotNull();
        if (actual instanceof Failure<T> failure) {
            if (error.isInstance(failure.error())) {
                return Assertions.assertThatObject(error.cast(failure.error())).as("The result's error");
            }
            throw failure("Expected %s, but: %s", error.getSimpleName(), told(failure.error()));
        }
        throw failure("Expected %s, but it was a success: <%s>", error.getSimpleName(), actual.orElseThrow());
    }

    private static String told(SessionError error) {
        return error.getClass().getSimpleName() + ": " + error.message();
    }
}
