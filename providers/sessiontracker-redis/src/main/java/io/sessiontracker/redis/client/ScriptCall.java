package io.sessiontracker.redis.client;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.sessiontracker.SessionStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * One script call, however it is run. Running it twice is what a driver does that re-sends a command after a reconnect.
 *
 * @param subject whose keys these are; its text goes into messages
 * @param keys every key that the script may touch; all are in one hash slot
 * @param decoder reads the reply
 * @param fastPath a plain read that often suffices in place of the script; null for none
 */
// Nobody compares two by equals.
@SuppressWarnings("ArrayRecordComponent")
public record ScriptCall<R>(
        LuaScript script,
        Object subject,
        byte[][] keys,
        byte[][] arguments,
        Function<byte[], R> decoder,
        @Nullable FastPathRead<R> fastPath) {

    /** Without a start, which answers the session that runs in its place. */
    private static final Set<LuaScript> CHANGES =
            Set.of(LuaScript.UPDATE, LuaScript.FINISH, LuaScript.RESUME, LuaScript.DELETE);

    ScriptCall(
            LuaScript script, Object subject, List<byte[]> keys, List<byte[]> arguments, Function<byte[], R> decoder) {
        this(script, subject, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new), decoder, null);
    }

    /**
     * A plain {@code GET}, with which a runner may begin that knows it goes to the master.
     *
     * @param decoder answers null if the value does not tell all, and the script is to be run
     */
    @SuppressWarnings("ArrayRecordComponent")
    record FastPathRead<R>(byte[] key, Function<byte[], @Nullable R> decoder) {}

    /** The same, whose reply is read in another way. */
    ScriptCall<R> decodedBy(Function<byte[], R> decoder) {
        return new ScriptCall<>(script, subject, keys, arguments, decoder, fastPath);
    }

    /** The same, with a fast path. */
    ScriptCall<R> withFastPath(byte[] key, Function<byte[], @Nullable R> decoder) {
        return new ScriptCall<>(script, subject, keys, arguments, this.decoder, new FastPathRead<>(key, decoder));
    }

    /** Whether that reply says that a change was not made: so it was not, as long as the call was sent once. */
    boolean isRefusal(byte[] reply) {
        return CHANGES.contains(script) && ScriptReplies.isRefusal(reply);
    }

    /** What a caller is told when it could not be run, or its reply could not be read. */
    public SessionStoreException failure(Throwable cause) {
        return new SessionStoreException(
                "Redis could not " + script.activity() + " " + subject + ": "
                        + reason(NestedExceptionUtils.getMostSpecificCause(cause)),
                cause);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof InterruptedException) {
            // Whoever caught it may have cleared what the caller's own loops look at.
            Thread.currentThread().interrupt();
            return "interrupted while waiting for the reply; it may have been done all the same";
        }
        String message = cause.getMessage();
        return message != null ? message : cause.getClass().getSimpleName();
    }
}
