package io.sessiontracker.redis.client;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;

/** What the application's connection factory is set to, as far as calls depend on it. */
record LettuceSettings(LettuceConnectionFactory connections, boolean timedByLettuce, boolean pooled) {

    static LettuceSettings of(LettuceConnectionFactory connections) {
        LettuceClientConfiguration configuration = connections.getClientConfiguration();
        return new LettuceSettings(
                connections,
                isTimedByLettuce(configuration),
                configuration instanceof LettucePoolingClientConfiguration);
    }

    /** Returns whether Lettuce itself times each command by the factory's time-out, as it does by default. */
    private static boolean isTimedByLettuce(LettuceClientConfiguration configuration) {
        return configuration
                .getClientOptions()
                .map(ClientOptions::getTimeoutOptions)
                .filter(TimeoutOptions::isTimeoutCommands)
                .filter(TimeoutOptions::isApplyConnectionTimeout)
                .isPresent();
    }

    Duration commandTimeout() {
        return Duration.ofMillis(connections.getTimeout());
    }

    /** Returns how long a caller waits for a connection: the command time-out, or Lettuce's default if commands have none. */
    Duration connectTimeout() {
        Duration timeout = commandTimeout();
        return timeout.isZero() ? RedisURI.DEFAULT_TIMEOUT_DURATION : timeout;
    }

    /** Returns the time-out of a command that Lettuce does not time itself; 0 if it does. */
    long ownTimeoutMillis() {
        return timedByLettuce ? 0 : connections.getTimeout();
    }
}
