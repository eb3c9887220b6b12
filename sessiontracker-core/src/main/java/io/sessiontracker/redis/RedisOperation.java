package io.sessiontracker.redis;

import java.util.List;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import io.sessiontracker.spi.SessionAddress;
import org.springframework.core.NestedExceptionUtils;

/**
 * One script call, however it is run. Running it twice is what a driver does that re-sends a command after a reconnect.
 *
 * @param address whose keys these are, for messages
 * @param keys every key that the script may touch; all are in one hash slot
 * @param decoder reads the reply
 */
record RedisOperation<R>(
        LuaScript script,
        SessionAddress address,
        List<byte[]> keys,
        List<byte[]> arguments,
        Function<List<Object>, R> decoder) {

    /** What a caller is told when it could not be run, or its reply could not be read. */
    SessionStoreException failure(Throwable cause) {
        String reason = NestedExceptionUtils.getMostSpecificCause(cause).getMessage();
        return new SessionStoreException("Redis could not " + script.name() + " " + address + ": " + reason, cause);
    }
}
