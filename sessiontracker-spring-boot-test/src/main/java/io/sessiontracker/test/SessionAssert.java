package io.sessiontracker.test;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.sessiontracker.Session;
import org.assertj.core.api.AbstractObjectAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a {@link Session}.
 *
 * @param <S> the session's class
 */
public final class SessionAssert<S extends Session> extends AbstractObjectAssert<SessionAssert<S>, S> {

    SessionAssert(@Nullable S actual) {
        super(actual, SessionAssert.class);
    }

    /** Verifies that the session was started, or read. */
    public SessionAssert<S> isStarted() {
        isNotNull();
        if (actual.getVersion() == 0) {
            throw failure("Expected %s to be started, but it never was", actual);
        }
        return this;
    }

    /** Verifies that the session was never started. */
    public SessionAssert<S> isNotStarted() {
        isNotNull();
        if (actual.getVersion() != 0) {
            throw failure("Expected %s never to have been started", actual);
        }
        return this;
    }

    /** Verifies the key. */
    public SessionAssert<S> hasKey(String expected) {
        return has("key", expected, isNotNull().actual.getKey());
    }

    /** Verifies the version: 1 after the start, one more after every change. */
    public SessionAssert<S> hasVersion(long expected) {
        return has("version", expected, isNotNull().actual.getVersion());
    }

    /** Verifies the start, by the store's clock, in milliseconds. */
    public SessionAssert<S> wasStartedAt(Instant expected) {
        return has(
                "start",
                Instant.ofEpochMilli(expected.toEpochMilli()),
                isStarted().actual.getStartedAt());
    }

    /** Verifies a property. */
    public SessionAssert<S> hasProperty(String key, String expected) {
        return has("property " + key, expected, properties().get(key));
    }

    /** Verifies that a property is absent. */
    public SessionAssert<S> hasNoProperty(String key) {
        return has("property " + key, null, properties().get(key));
    }

    private Map<String, String> properties() {
        return isNotNull().actual.getProperties();
    }

    private SessionAssert<S> has(String name, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            throw failureWithActualExpected(
                    found, expected, "Expected %s to have the %s <%s>, but it was <%s>", actual, name, expected, found);
        }
        return this;
    }
}
