package io.sessiontracker;

import java.util.ArrayList;
import java.util.List;

import com.google.errorprone.annotations.CheckReturnValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SessionResultTest {

    private static final SessionError ERROR = new SessionError.NotFound("checkout", "order-7");

    private final SessionResult<String> success = SessionResult.success("value");
    private final SessionResult<String> failure = SessionResult.failure(ERROR);

    @Test
    void shouldBeOneOfTwo() {
        assertThat(SessionResult.class.isSealed()).isTrue();
        assertThat(SessionResult.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(SessionResult.Success.class, SessionResult.Failure.class);
        assertThat(success).isEqualTo(new SessionResult.Success<>("value"));
        assertThat(failure).isEqualTo(new SessionResult.Failure<>(ERROR));
    }

    @Test
    void shouldSayWhichItIs() {
        assertThat(success.isSuccess()).isTrue();
        assertThat(success.isFailure()).isFalse();
        assertThat(failure.isSuccess()).isFalse();
        assertThat(failure.isFailure()).isTrue();
    }

    @Test
    void shouldGiveTheValue() {
        assertThat(success.orElseThrow()).isEqualTo("value");
        assertThat(success.orElse("other")).isEqualTo("value");
        assertThat(success.toOptional()).contains("value");
        assertThat(success.failure()).isEmpty();
    }

    @Test
    void shouldGiveTheError() {
        assertThatExceptionOfType(SessionErrorException.class)
                .isThrownBy(failure::orElseThrow)
                .withMessage(ERROR.message())
                .returns(ERROR, SessionErrorException::error)
                .isInstanceOf(SessionTrackerException.class);
        assertThat(failure.orElse("other")).isEqualTo("other");
        assertThat(failure.orElse(null)).isNull();
        assertThat(failure.toOptional()).isEmpty();
        assertThat(failure.failure()).contains(ERROR);
    }

    @Test
    void shouldSucceedWithNull() {
        SessionResult<Void> done = SessionResult.success(null);

        assertThat(done.isSuccess()).isTrue();
        assertThat(done.orElseThrow()).isNull();
        assertThat(done.toOptional()).isEmpty();
        assertThat(done.failure()).isEmpty();
        assertThat(done.map(nothing -> "mapped").orElseThrow()).isEqualTo("mapped");
        List<Object> seen = new ArrayList<>();
        done.ifSuccess(seen::add);
        assertThat(seen).containsExactly((Object) null);
    }

    @Test
    void shouldMapTheValueAndKeepTheError() {
        assertThat(success.map(String::length)).isEqualTo(SessionResult.success(5));
        assertThat(failure.map(String::length)).isEqualTo(failure);
        assertThat(success.map(value -> null).isSuccess()).isTrue();
        assertThat(success.flatMap(value -> SessionResult.success(value.length())))
                .isEqualTo(SessionResult.success(5));
        assertThat(success.flatMap(value -> failure)).isEqualTo(failure);
        assertThat(failure.flatMap(value -> success)).isEqualTo(failure);
    }

    @Test
    void shouldCallTheConsumerThatFits() {
        List<Object> seen = new ArrayList<>();

        assertThat(success.ifSuccess(seen::add).ifFailure(error -> seen.add("wrong")))
                .isSameAs(success);
        assertThat(failure.ifSuccess(value -> seen.add("wrong")).ifFailure(seen::add))
                .isSameAs(failure);

        assertThat(seen).containsExactly("value", ERROR);
    }

    @Test
    void shouldNotFailWithoutAReason() {
        assertThatNullPointerException().isThrownBy(() -> new SessionResult.Failure<>(null));
    }

    @Test
    void shouldBeFlaggedWhenIgnored() {
        assertThat(SessionResult.class).hasAnnotation(CheckReturnValue.class);
        assertThat(SessionTracker.class).hasAnnotation(CheckReturnValue.class);
        success.orElseThrow(); // compiles under Error Prone
    }
}
