package io.sessiontracker.dynamodb;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.sessiontracker.SessionStoreException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/** Sends requests: within the time-out, with what fails as a {@link SessionStoreException}, and reads the service's clock. */
final class DynamoDbCalls {

    private final Duration timeout;
    private final ServiceClock clock;
    private final AwsRequestOverrideConfiguration configuration;

    DynamoDbCalls(Duration timeout) {
        this(timeout, new ServiceClock(Clock.systemUTC()));
    }

    DynamoDbCalls(Duration timeout, ServiceClock clock) {
        this.timeout = timeout;
        this.clock = clock;
        this.configuration = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(timeout)
                .build();
    }

    /** Returns how long a call may take. */
    long timeoutNanos() {
        return timeout.toNanos();
    }

    ServiceClock clock() {
        return clock;
    }

    /** Returns what each request has to be built with. */
    AwsRequestOverrideConfiguration configuration() {
        return configuration;
    }

    /**
     * Sends a request.
     *
     * @return fails with the client's exception; {@link #failure} makes of it what callers get
     */
    <R extends DynamoDbResponse> CompletableFuture<R> send(Supplier<CompletableFuture<R>> request) {
        long sent = clock.machineMillis();
        CompletableFuture<R> response;
        try {
            response = uninterrupted(request);
        } catch (RuntimeException failed) {
            response = CompletableFuture.failedFuture(failed);
        }
        return response.whenComplete((answer, failure) -> {
            SdkHttpResponse http = answer != null ? answer.sdkHttpResponse() : response(unwrap(failure));
            if (http != null) {
                date(http).ifPresent(date -> clock.observe(sent, clock.machineMillis(), date.toEpochMilli()));
            }
        });
    }

    /** Sends from an interrupted thread, too: there the client fails before it sends anything, though it would not block. */
    private static <R> CompletableFuture<R> uninterrupted(Supplier<CompletableFuture<R>> request) {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                CompletableFuture<R> response = request.get();
                if (!wasInterrupted(response)) {
                    return response;
                }
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean wasInterrupted(CompletableFuture<?> response) {
        return response.isCompletedExceptionally()
                && response.handle((answer, failure) -> unwrap(failure).getCause() instanceof InterruptedException)
                        .join();
    }

    private static @Nullable SdkHttpResponse response(Throwable failure) {
        return failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().sdkHttpResponse()
                : null;
    }

    private static Optional<Instant> date(SdkHttpResponse response) {
        return response.firstMatchingHeader("Date").flatMap(text -> {
            try {
                return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
            } catch (DateTimeException unknown) {
                return Optional.empty();
            }
        });
    }

    /**
     * Returns what a call fails with.
     *
     * @param what what the call was for, as the beginning of a sentence
     */
    static SessionStoreException failure(String what, Throwable failure) {
        Throwable cause = unwrap(failure);
        if (cause instanceof SessionStoreException store) {
            return store;
        }
        String reason = cause instanceof AwsServiceException service
                        && service.awsErrorDetails() != null
                        && service.awsErrorDetails().errorCode() != null
                ? "%s: %s"
                        .formatted(
                                service.awsErrorDetails().errorCode(),
                                service.awsErrorDetails().errorMessage())
                : String.valueOf(cause.getMessage());
        return new SessionStoreException("%s failed in DynamoDB: %s".formatted(what, reason), cause);
    }

    /**
     * Returns the outcome of a write with a condition; fails as {@link #failure} says.
     *
     * @param what what the call was for, as the beginning of a sentence
     * @param written the outcome where the condition held
     * @param refused makes the outcome of the refusal, which has the stored item if the request asked for it
     */
    static <R> CompletableFuture<R> conditional(
            String what,
            CompletableFuture<? extends DynamoDbResponse> write,
            R written,
            Function<ConditionalCheckFailedException, R> refused) {
        return write.handle((response, failure) -> {
            if (failure == null) {
                return written;
            }
            if (unwrap(failure) instanceof ConditionalCheckFailedException refusal) {
                return refused.apply(refusal);
            }
            throw failure(what, failure);
        });
    }

    /** Returns whether the client sent a request more than once, so that an earlier one may have been carried out. */
    static boolean wasRepeated(SdkException refusal) {
        Integer attempts = refusal.numAttempts();
        return attempts != null && attempts > 1;
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
