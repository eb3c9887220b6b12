package io.sessiontracker.redis.script;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.sessiontracker.SessionStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/**
 * A script call, independent of how it is run. A driver that re-sends a command after a reconnect runs it twice.
 *
 * @param subject owner of the keys; its text is used in messages
 * @param keys every key that the script may touch; all are in one hash slot
 * @param decoder reads the reply
 * @param fastPath a plain read that often suffices in place of the script; null for none
 */
// Never compared by equals.
@SuppressWarnings("ArrayRecordComponent")
public record ScriptCall<R>(
        LuaScript script,
        Object subject,
        byte[][] keys,
        byte[][] arguments,
        Function<byte[], R> decoder,
        @Nullable FastPathRead<R> fastPath) {

    private static final Set<String> STARTS = names(LuaScript.START, LuaScript.START_REMINDING);
    private static final Set<String> OTHER_CHANGES = names(
            LuaScript.UPDATE,
            LuaScript.UPDATE_REMINDING,
            LuaScript.EXPIRE,
            LuaScript.FINISH,
            LuaScript.RESUME,
            LuaScript.DELETE);

    /** Creates a call without a fast path. */
    public ScriptCall(
            LuaScript script, Object subject, List<byte[]> keys, List<byte[]> arguments, Function<byte[], R> decoder) {
        this(script, subject, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new), decoder, null);
    }

    /**
     * A plain {@code GET} that a runner may try first if it is certain to go to the master.
     *
     * @param decoder returns null if the value does not suffice, and the script has to run
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record FastPathRead<R>(byte[] key, Function<byte[], @Nullable R> decoder) {}

    /** Returns the same call, which answers what that function makes of the result. */
    <T> ScriptCall<T> map(Function<? super R, ? extends T> function) {
        return new ScriptCall<>(script, subject, keys, arguments, reply -> function.apply(decoder.apply(reply)), null);
    }

    /** Returns the same call with another decoder. */
    ScriptCall<R> decodedBy(Function<byte[], R> decoder) {
        return new ScriptCall<>(script, subject, keys, arguments, decoder, fastPath);
    }

    /** Returns the same call with a fast path. */
    ScriptCall<R> withFastPath(byte[] key, Function<byte[], @Nullable R> decoder) {
        return new ScriptCall<>(script, subject, keys, arguments, this.decoder, new FastPathRead<>(key, decoder));
    }

    /** Returns the same call of the script for callers that may use their own sessions only. */
    ScriptCall<R> owned(byte[]... more) {
        byte[][] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return new ScriptCall<>(script.owned(), subject, keys, all, decoder, fastPath);
    }

    private static Set<String> names(LuaScript... scripts) {
        return Stream.of(scripts).map(LuaScript::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether the call changes a session, unless it is refused. */
    public boolean isChange() {
        return STARTS.contains(script.name()) || OTHER_CHANGES.contains(script.name());
    }

    /**
     * Returns whether that reply refuses a change. If the call was sent once, the change was not made. A start is not refused: it
     * returns the session that runs in its place.
     */
    public boolean isRefusal(byte[] reply) {
        return OTHER_CHANGES.contains(script.name()) && ScriptReplies.isRefusal(reply);
    }

    /** Returns the exception for a call that could not be run, or whose reply could not be read. */
    public SessionStoreException failure(Throwable cause) {
        return new SessionStoreException(
                "Redis could not " + script.activity() + " " + subject + ": " + reason(cause), cause);
    }

    private static String reason(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (cause instanceof InterruptedException) {
            // The catcher may have cleared the flag that the caller's loops check.
            Thread.currentThread().interrupt();
            return "interrupted while waiting for the reply; it may have been done all the same";
        }
        String message = cause.getMessage();
        return message != null
                ? withAddress(message, failure)
                : cause.getClass().getSimpleName();
    }

    /** Returns the message as an exception around its own repeats it: Netty so adds the server's address to "Connection refused". */
    private static String withAddress(String message, Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String outer = each.getMessage();
            if (outer != null && outer.startsWith(message + ":")) {
                return outer;
            }
        }
        return message;
    }
}
