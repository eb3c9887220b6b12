package io.sessiontracker.redisson;

import java.net.ConnectException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;
import org.redisson.RedissonShutdownException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisNodeNotFoundException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.command.NoSyncedSlavesException;

/** Interprets Redisson's exceptions. */
final class RedissonExceptions {

    private RedissonExceptions() {}

    static SessionStoreException of(String operation, SessionAddress address, Throwable failure) {
        Throwable cause = unwrap(failure);
        return new SessionStoreException("Cannot " + operation + " " + address + ": " + reason(cause), cause);
    }

    /** Returns the message with that of the root cause: "unable to connect" does not mention a wrong password. */
    private static String reason(Throwable cause) {
        String reason = message(cause);
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return reason.contains(message(root)) ? reason : reason + ": " + message(root);
    }

    private static String message(Throwable cause) {
        return cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getName();
    }

    /** Returns the cause behind wrappers, of which Redisson may use several. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }

    /** Returns whether the operation was cancelled in this process. */
    static boolean isCancelled(Throwable failure) {
        return has(failure, CancellationException.class);
    }

    /** Returns whether replicas exist and none confirmed. */
    static boolean isUnconfirmed(Throwable failure) {
        return has(failure, NoSyncedSlavesException.class);
    }

    /** Returns whether the lock was not held by this owner. */
    static boolean isNotHeld(Throwable failure) {
        return has(failure, IllegalMonitorStateException.class);
    }

    /** Returns whether, as far as can be known, the command never left this process. */
    static boolean isUnsent(Throwable failure) {
        Throwable cause = unwrap(failure);
        return cause instanceof ConnectException
                || cause instanceof RedisConnectionException
                || cause instanceof RedisNodeNotFoundException
                || cause instanceof RedissonShutdownException
                || (cause instanceof RedisTimeoutException && !(cause instanceof RedisResponseTimeoutException));
    }

    private static boolean has(@Nullable Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
