package io.sessiontracker;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class LockOptionsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void shouldSetWhatIsSaidAndNothingElse() {
        assertThat(LockOptions.defaults()).isEqualTo(new LockOptions(null, null, null, false));
        assertThat(LockOptions.lease(SECOND)).isEqualTo(new LockOptions(SECOND, null, null, false));
        assertThat(LockOptions.waitFor(SECOND)).isEqualTo(new LockOptions(null, SECOND, null, false));
        assertThat(LockOptions.untilReleased()).isEqualTo(new LockOptions(null, null, null, true));
    }

    @Test
    void shouldKeepTheRest() {
        var all = LockOptions.lease(SECOND).withWait(MINUTE).withRetry(SECOND);

        assertThat(all).isEqualTo(new LockOptions(SECOND, MINUTE, SECOND, false));
        assertThat(all.withLease(MINUTE)).isEqualTo(new LockOptions(MINUTE, MINUTE, SECOND, false));
        assertThat(all.withRenewal()).isEqualTo(new LockOptions(SECOND, MINUTE, SECOND, true));
        assertThat(all.withRenewal().withWait(SECOND).withRetry(MINUTE))
                .isEqualTo(new LockOptions(SECOND, SECOND, MINUTE, true));
    }

    @Test
    void shouldNoLongerBeRenewedWithALease() {
        assertThat(LockOptions.untilReleased().withLease(SECOND)).isEqualTo(LockOptions.lease(SECOND));
    }

    @Test
    void shouldTakeAWaitOfZero() {
        assertThat(LockOptions.waitFor(Duration.ZERO).waitTime()).isZero();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        for (Duration duration : new Duration[] {Duration.ZERO, Duration.ofNanos(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LockOptions.lease(duration))
                    .withMessageContaining("leaseTime must be positive");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LockOptions.defaults().withRetry(duration))
                    .withMessageContaining("retryInterval must be positive");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LockOptions.waitFor(Duration.ofNanos(-1)))
                .withMessageContaining("waitTime must not be negative");
    }

    @Test
    void shouldRefuseANullWhereAValueIsSaid() {
        assertThatNullPointerException().isThrownBy(() -> LockOptions.lease(null));
        assertThatNullPointerException().isThrownBy(() -> LockOptions.waitFor(null));
        assertThatNullPointerException().isThrownBy(() -> LockOptions.defaults().withRetry(null));
    }
}
