package io.sessiontracker.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instrumentation that cannot disturb what it watches: whatever it throws, at any call, is logged and goes no further. A
 * lock would stay held, a caller would get no answer, or a session that was stored would be taken for lost.
 */
final class ContainedInstrumentation implements SessionInstrumentation {

    private static final Logger log = LoggerFactory.getLogger(ContainedInstrumentation.class);

    private final SessionInstrumentation contained;
    private final AtomicBoolean failed = new AtomicBoolean();

    ContainedInstrumentation(SessionInstrumentation contained) {
        this.contained = contained;
    }

    @Override
    public Operation begin(String operation, String type, @Nullable String key) {
        Operation[] begun = {Operation.IGNORED};
        contain(() -> begun[0] = contained.begin(operation, type, key));
        return new ContainedOperation(begun[0]);
    }

    @Override
    public void lockAnswered(String type, Duration wait, LockStatus status) {
        contain(() -> contained.lockAnswered(type, wait, status));
    }

    @Override
    public void lockFailed(String type, Throwable failure) {
        contain(() -> contained.lockFailed(type, failure));
    }

    @Override
    public void lockEnded(String type, Duration held) {
        contain(() -> contained.lockEnded(type, held));
    }

    @Override
    public void conflict(String type) {
        contain(() -> contained.conflict(type));
    }

    @Override
    public void nearCacheRead(String type, boolean hit) {
        contain(() -> contained.nearCacheRead(type, hit));
    }

    @Override
    public void nearCacheInvalidation(String type) {
        contain(() -> contained.nearCacheInvalidation(type));
    }

    @Override
    public void nearCacheConfirmed(Duration delay) {
        contain(() -> contained.nearCacheConfirmed(delay));
    }

    @Override
    public void expirationDelivered(String type) {
        contain(() -> contained.expirationDelivered(type));
    }

    @Override
    public void expirationRedelivered(String type) {
        contain(() -> contained.expirationRedelivered(type));
    }

    @Override
    public void reminderDelivered(String type) {
        contain(() -> contained.reminderDelivered(type));
    }

    @Override
    public void reminderRedelivered(String type) {
        contain(() -> contained.reminderRedelivered(type));
    }

    @Override
    public void swept(String type, @Nullable Throwable failure) {
        contain(() -> contained.swept(type, failure));
    }

    @Override
    public void sweepCompleted() {
        contain(contained::sweepCompleted);
    }

    private void contain(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            // It is called several times for each operation, and may fail each time.
            if (failed.compareAndSet(false, true)) {
                log.warn(
                        "The instrumentation {} failed; further failures of it are logged at debug level",
                        contained.getClass().getName(),
                        thrown);
            } else {
                log.debug("The instrumentation {} failed", contained.getClass().getName(), thrown);
            }
        }
    }

    private final class ContainedOperation implements Operation {

        private final Operation begun;

        ContainedOperation(Operation begun) {
            this.begun = begun;
        }

        @Override
        public void sent() {
            contain(begun::sent);
        }

        @Override
        public void ended(@Nullable SessionError error, @Nullable Throwable failure) {
            contain(() -> begun.ended(error, failure));
        }
    }
}
