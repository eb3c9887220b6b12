package io.sessiontracker.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.sessiontracker.LockStatus;
import io.sessiontracker.SessionError;
import io.sessiontracker.spi.SessionInstrumentation;
import org.jspecify.annotations.Nullable;

/** Several instrumentations as one. Each is contained: its exceptions reach neither an operation nor the others. */
record CompositeInstrumentation(List<SessionInstrumentation> all) implements SessionInstrumentation {

    static SessionInstrumentation of(List<SessionInstrumentation> all) {
        List<SessionInstrumentation> contained = all.stream()
                .<SessionInstrumentation>map(ContainedInstrumentation::new)
                .toList();
        return switch (contained.size()) {
            case 0 -> NONE;
            case 1 -> contained.get(0);
            default -> new CompositeInstrumentation(contained);
        };
    }

    @Override
    public Operation begin(String operation, String type, @Nullable String key) {
        List<Operation> begun =
                all.stream().map(each -> each.begin(operation, type, key)).toList();
        return new Operation() {
            // What was opened last is closed first.
            @Override
            public void sent() {
                for (int i = begun.size() - 1; i >= 0; i--) {
                    begun.get(i).sent();
                }
            }

            @Override
            public void ended(@Nullable SessionError error, @Nullable Throwable failure) {
                begun.forEach(each -> each.ended(error, failure));
            }
        };
    }

    @Override
    public void lockAnswered(String type, Duration wait, LockStatus status) {
        each(each -> each.lockAnswered(type, wait, status));
    }

    @Override
    public void lockFailed(String type, Throwable failure) {
        each(each -> each.lockFailed(type, failure));
    }

    @Override
    public void lockEnded(String type, Duration held) {
        each(each -> each.lockEnded(type, held));
    }

    @Override
    public void conflict(String type) {
        each(each -> each.conflict(type));
    }

    @Override
    public void nearCacheRead(String type, boolean hit) {
        each(each -> each.nearCacheRead(type, hit));
    }

    @Override
    public void nearCacheInvalidation(String type) {
        each(each -> each.nearCacheInvalidation(type));
    }

    @Override
    public void nearCacheConfirmed(Duration delay) {
        each(each -> each.nearCacheConfirmed(delay));
    }

    @Override
    public void expirationDelivered(String type) {
        each(each -> each.expirationDelivered(type));
    }

    @Override
    public void expirationRedelivered(String type) {
        each(each -> each.expirationRedelivered(type));
    }

    @Override
    public void reminderDelivered(String type) {
        each(each -> each.reminderDelivered(type));
    }

    @Override
    public void reminderRedelivered(String type) {
        each(each -> each.reminderRedelivered(type));
    }

    @Override
    public void swept(String type, @Nullable Throwable failure) {
        each(each -> each.swept(type, failure));
    }

    @Override
    public void sweepCompleted() {
        each(SessionInstrumentation::sweepCompleted);
    }

    private void each(Consumer<SessionInstrumentation> call) {
        all.forEach(call);
    }
}
