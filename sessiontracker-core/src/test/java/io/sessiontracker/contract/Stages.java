package io.sessiontracker.contract;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Waits for what a provider answers. */
final class Stages {

    /** Long enough for any machine; reached only by what would never complete. */
    private static final long PATIENCE_SECONDS = 60;

    private Stages() {}

    /** The answer; never null, whatever a provider does. */
    static <T> T join(CompletionStage<T> stage) {
        T answer = stage.toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        assertThat(answer).as("no method answers null").isNotNull();
        return answer;
    }

    /** Waits for a stage that has no answer. */
    static void await(CompletionStage<Void> stage) throws CompletionException {
        stage.toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
