package io.sessiontracker.redisson;

import java.util.concurrent.CompletionException;

import io.sessiontracker.spi.SessionAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedissonExceptionsTest {

    private static final SessionAddress ADDRESS = new SessionAddress("checkout", "order-7");

    @Test
    void shouldNameCauseWithoutMessage() {
        assertThat(RedissonExceptions.of("lock", ADDRESS, new CompletionException(new InterruptedException())))
                .hasMessage("Cannot lock checkout/order-7: java.lang.InterruptedException");
        assertThat(RedissonExceptions.of("lock", ADDRESS, new IllegalStateException("it is closed")))
                .hasMessage("Cannot lock checkout/order-7: it is closed");
    }
}
