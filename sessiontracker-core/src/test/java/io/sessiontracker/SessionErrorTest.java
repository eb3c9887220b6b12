package io.sessiontracker;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class SessionErrorTest {

    private final SessionTest.Cart running = new SessionTest.Cart("order-7");

    private final List<SessionError> all = List.of(
            new SessionError.NotFound("cart", "order-7"),
            new SessionError.AlreadyFinished("cart", "order-7"),
            new SessionError.AlreadyResumed("cart", "order-7"),
            new SessionError.InProgress(running),
            new SessionError.VersionConflict("cart", "order-7", 3, 5),
            new SessionError.LockNotAcquired("cart", "order-7", LockStatus.CONFLICTED));

    @Test
    void shouldBeOneOfSix() {
        assertThat(SessionError.class.getPermittedSubclasses())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Object::getClass).toList());
    }

    @Test
    void shouldNameTypeAndKeyInOneLineWithoutTheState() {
        SessionInternals.settle(running, "id", 1, Instant.EPOCH, null);

        assertThat(all).allSatisfy(error -> {
            assertThat(error.type()).isEqualTo("cart");
            assertThat(error.key()).isEqualTo("order-7");
            assertThat(error.message()).contains("cart/order-7").doesNotContain("\n", "s3cr3t");
            assertThat(error.toString()).doesNotContain("s3cr3t");
        });
        assertThat(all.stream().map(SessionError::message).distinct()).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldDistinguishVersionsAndStarts() {
        assertThat(new SessionError.VersionConflict("cart", "k", 3, 5).message())
                .contains("version 5, not 3");
        assertThat(new SessionError.VersionConflict("cart", "k", 3, 3).message())
                .contains("another start");
        assertThat(new SessionError.LockNotAcquired("cart", "k", LockStatus.NO_QUORUM).message())
                .contains("NO_QUORUM");
    }

    @Test
    void shouldNotReadAFormatOutOfAKey() {
        assertThat(new SessionError.VersionConflict("cart", "%s%n100%", 3, 5).message())
                .contains("cart/%s%n100%");
        assertThat(new SessionError.LockNotAcquired("cart", "%d", LockStatus.EXPIRED).message())
                .contains("cart/%d");
    }

    @Test
    void shouldGiveTheRunningSessionAsItsClass() {
        var error = new SessionError.InProgress(running);

        SessionTest.Cart existing = error.existing(SessionTest.Cart.class);

        assertThat(existing).isSameAs(running);
        assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> error.existing(SessionTest.BigCart.class));
        assertThatNullPointerException().isThrownBy(() -> new SessionError.InProgress(null));
    }

    @Test
    void shouldKeepAnExceptionsSubject() {
        var cause = new IllegalStateException();
        var codec = new SessionCodecException("cart", "order-7", "message", cause);

        assertThat(codec).hasMessage("message").hasCause(cause).isInstanceOf(SessionTrackerException.class);
        assertThat(codec.type()).isEqualTo("cart");
        assertThat(codec.key()).isEqualTo("order-7");
        assertThat(new SessionStoreException("message", cause))
                .hasCause(cause)
                .isInstanceOf(SessionTrackerException.class);
        assertThat(new SessionTrackerException("message", null)).isInstanceOf(RuntimeException.class);
    }
}
