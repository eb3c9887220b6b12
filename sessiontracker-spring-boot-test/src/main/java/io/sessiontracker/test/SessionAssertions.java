package io.sessiontracker.test;

import com.google.errorprone.annotations.CheckReturnValue;
import io.sessiontracker.Session;
import io.sessiontracker.SessionResult;
import org.jspecify.annotations.Nullable;

/** AssertJ's {@code assertThat} for results and sessions, to be imported statically beside AssertJ's own. */
@CheckReturnValue
public final class SessionAssertions {

    private SessionAssertions() {}

    /** Creates assertions on a result. */
    public static <T extends @Nullable Object> SessionResultAssert<T> assertThat(@Nullable SessionResult<T> actual) {
        return new SessionResultAssert<>(actual);
    }

    /** Creates assertions on a session. */
    public static <S extends Session> SessionAssert<S> assertThat(@Nullable S actual) {
        return new SessionAssert<>(actual);
    }
}
