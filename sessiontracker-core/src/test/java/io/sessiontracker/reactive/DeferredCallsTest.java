package io.sessiontracker.reactive;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeferredCallsTest {

    @Test
    void shouldFailWithTheCallsException() {
        assertThatThrownBy(() -> refused().block()).isInstanceOf(IllegalArgumentException.class);
    }

    /** Which is to skip an element of the application's, and there is none. */
    @Test
    void shouldFailWithItAlsoWhereErrorsArePassedOver() {
        assertThatThrownBy(
                        () -> refused().onErrorContinue((error, element) -> {}).block())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Mono<String> refused() {
        return DeferredCalls.mono(DeferredCallsTest::refuse);
    }

    private static CompletableFuture<String> refuse() {
        throw new IllegalArgumentException("refused");
    }
}
