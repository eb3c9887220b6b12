package io.sessiontracker.history;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that was sent, and may be sent again.
 *
 * @param operation shared by all attempts
 * @param again how the caller tries once more, with other data; null for a call that is never tried again
 */
record Sent(
        Operation operation,
        OperationToken token,
        Call call,
        @Nullable Again again) {

    /** A call on a store. */
    @FunctionalInterface
    interface Call extends Function<SessionDataProvider, CompletionStage<StoreReply>> {}

    /** Makes the next attempt. */
    @FunctionalInterface
    interface Again {
        Sent with(Content content, OperationToken next);
    }

    static Sent once(Address address, OperationToken token, Call call) {
        return new Sent(new Operation(address), token, call, null);
    }

    Optional<Sent> nextAttempt(Content content) {
        return Optional.ofNullable(again).map(next -> next.with(content, operation.nextToken(token)));
    }

    /** What is known of an operation's attempts. */
    static final class Operation {

        final Address address;
        private @Nullable OperationToken last;
        private boolean done;
        private long doneAt;
        private int transitionsBefore;
        private int expiriesBefore;

        Operation(Address address) {
            this.address = address;
        }

        /** Returns the token of an attempt after all others: no two have the same one. */
        private OperationToken nextToken(OperationToken one) {
            last = (last == null ? one : last).next();
            return last;
        }

        void done(long now, int transitions, int expiries) {
            if (!done) {
                done = true;
                doneAt = now;
                transitionsBefore = transitions;
                expiriesBefore = expiries;
            }
        }

        /** Whether every store must recognise what was done; what was not done is as good as new. */
        boolean mayBeSentAgain(long now, int transitions, int expiries) {
            return !done
                    || (now - doneAt < Ticks.REMEMBERED.toMillis()
                            && transitions - transitionsBefore <= 7
                            && expiries == expiriesBefore);
        }
    }
}
