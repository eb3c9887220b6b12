package io.sessiontracker.redis;

import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Describes each method of {@link io.sessiontracker.spi.SessionDataProvider} as a {@link RedisOperation}. */
final class RedisOperations {

    private final KeyLayout layout;

    RedisOperations(KeyLayout layout) {
        this.layout = layout;
    }

    RedisOperation<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return changing(
                LuaScript.START,
                address,
                ScriptArguments.ids(ids),
                ScriptArguments.lifetimes(lifetimes),
                ScriptArguments.token(token),
                ScriptArguments.flag(touchRunning),
                StoredFormat.encodeBody(data));
    }

    RedisOperation<StoreReply> get(SessionAddress address, boolean touch) {
        return reading(LuaScript.GET, address, ScriptArguments.flag(touch));
    }

    RedisOperation<StoreReply> getFinished(SessionAddress address) {
        return reading(LuaScript.GET_FINISHED, address);
    }

    RedisOperation<StoreReply> touch(SessionAddress address) {
        return reading(LuaScript.TOUCH, address);
    }

    RedisOperation<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return changing(
                LuaScript.UPDATE,
                address,
                ScriptArguments.version(expected),
                ScriptArguments.token(token),
                StoredFormat.encodeBody(data));
    }

    /** {@link LuaScript#FINISH} or {@link LuaScript#RESUME}. */
    RedisOperation<StoreReply> move(
            LuaScript script,
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return changing(
                script,
                address,
                ScriptArguments.version(only),
                ScriptArguments.lifetimes(lifetimes),
                ScriptArguments.token(token),
                ScriptArguments.flag(returning));
    }

    RedisOperation<StoreReply> delete(SessionAddress address, @Nullable SessionVersion only, OperationToken token) {
        return changing(LuaScript.DELETE, address, ScriptArguments.version(only), ScriptArguments.token(token));
    }

    private RedisOperation<StoreReply> reading(LuaScript script, SessionAddress address, byte[]... arguments) {
        List<byte[]> keys = List.of(layout.running(address), layout.finished(address));
        return new RedisOperation<>(script, address, keys, List.of(arguments), Replies::decode);
    }

    private RedisOperation<StoreReply> changing(LuaScript script, SessionAddress address, byte[]... arguments) {
        List<byte[]> keys = List.of(layout.running(address), layout.finished(address), layout.deletionMark(address));
        return new RedisOperation<>(script, address, keys, List.of(arguments), Replies::decode);
    }
}
