package io.sessiontracker.redis;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Decides whether a call that only reads may cover keys of several hash slots: where the server is no Cluster, until it refuses one. A
 * server in cluster mode, or a proxy for one, may be behind a connection that does not show it.
 */
final class MultiSlotCalls {

    private static final Logger log = LoggerFactory.getLogger(MultiSlotCalls.class);

    private volatile boolean areAllowed;

    MultiSlotCalls(boolean areAllowed) {
        this.areAllowed = areAllowed;
    }

    static MultiSlotCalls over(RedisConnectionFactory connections) {
        return new MultiSlotCalls(
                !(connections instanceof LettuceConnectionFactory lettuce && lettuce.isClusterAware()));
    }

    boolean areAllowed() {
        return areAllowed;
    }

    /**
     * Makes calls that cover several slots.
     *
     * @param separately makes the same calls for each slot, if the server refuses these, now or before
     */
    <R> CompletionStage<R> run(Supplier<CompletionStage<R>> together, Supplier<CompletionStage<R>> separately) {
        if (!areAllowed) {
            return separately.get();
        }
        return together.get().exceptionallyCompose(failure -> {
            if (!isRefused(failure)) {
                return CompletableFuture.failedFuture(failure);
            }
            refused(failure);
            return separately.get();
        });
    }

    private void refused(Throwable failure) {
        if (areAllowed) {
            areAllowed = false;
            log.info(
                    "The server is in cluster mode, behind a connection that is not: counts, pages and sweeps ask each bucket by itself"
                            + " from now on ({})",
                    NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        }
    }

    /** Other drivers than Lettuce refuse such a call themselves, without the server's CROSSSLOT. */
    private static boolean isRefused(Throwable failure) {
        return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage())
                .toLowerCase(Locale.ROOT)
                .contains("slot");
    }
}
