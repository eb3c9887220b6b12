package io.sessiontracker.redis;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.redis.KeyLayout.Bucket;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCopies;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/** Describes each call on one session as a {@link RedisOperation}; the scripts' heads tell their keys and arguments. */
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
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = writingKeys(bucket, address);
        keys.addAll(bucket.index(false));
        keys.addAll(shelfKeys(bucket, address));
        return operation(
                LuaScript.START,
                address,
                keys,
                ScriptArguments.ids(ids),
                ScriptArguments.lifetimes(lifetimes),
                ScriptArguments.token(token),
                ScriptArguments.flag(touchRunning),
                StoredFormat.encodeBody(data));
    }

    RedisOperation<StoreReply> get(SessionAddress address, boolean touch) {
        Bucket bucket = layout.bucket(address);
        return touch
                ? touching(LuaScript.GET, address, false)
                : operation(LuaScript.PEEK, address, readingKeys(bucket, address));
    }

    RedisOperation<StoreReply> getFinished(SessionAddress address) {
        return touching(LuaScript.GET_FINISHED, address, true);
    }

    RedisOperation<StoreReply> touch(SessionAddress address) {
        return touching(LuaScript.TOUCH, address, false);
    }

    private RedisOperation<StoreReply> touching(LuaScript script, SessionAddress address, boolean finished) {
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = readingKeys(bucket, address);
        keys.addAll(bucket.index(finished));
        return operation(script, address, keys);
    }

    RedisOperation<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = writingKeys(bucket, address);
        keys.addAll(bucket.index(false));
        return operation(
                LuaScript.UPDATE,
                address,
                keys,
                ScriptArguments.version(expected),
                ScriptArguments.version(expected.next()),
                ScriptArguments.token(token),
                StoredFormat.encodeBody(data));
    }

    RedisOperation<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        Bucket bucket = layout.bucket(address);
        return move(LuaScript.FINISH, address, movingKeys(bucket, address), only, lifetimes, token, returning);
    }

    RedisOperation<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = movingKeys(bucket, address);
        keys.addAll(shelfKeys(bucket, address));
        return move(LuaScript.RESUME, address, keys, only, lifetimes, token, returning);
    }

    private static RedisOperation<StoreReply> move(
            LuaScript script,
            SessionAddress address,
            List<byte[]> keys,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return operation(
                script,
                address,
                keys,
                ScriptArguments.version(only),
                ScriptArguments.lifetimes(lifetimes),
                ScriptArguments.token(token),
                ScriptArguments.flag(returning));
    }

    RedisOperation<StoreReply> delete(
            SessionAddress address,
            SessionCopies copies,
            @Nullable SessionVersion only,
            OperationToken token,
            boolean returning) {
        return operation(
                LuaScript.DELETE,
                address,
                movingKeys(layout.bucket(address), address),
                ScriptArguments.version(only),
                ScriptArguments.token(token),
                ScriptArguments.flag(returning),
                ScriptArguments.flag(copies.hasRunning()),
                ScriptArguments.flag(copies.hasFinished()));
    }

    private static List<byte[]> readingKeys(Bucket bucket, SessionAddress address) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(bucket.session(false, address.key()));
        keys.add(bucket.session(true, address.key()));
        return keys;
    }

    private static List<byte[]> writingKeys(Bucket bucket, SessionAddress address) {
        List<byte[]> keys = readingKeys(bucket, address);
        keys.add(bucket.deletionMark(address.key()));
        return keys;
    }

    private static List<byte[]> movingKeys(Bucket bucket, SessionAddress address) {
        List<byte[]> keys = writingKeys(bucket, address);
        keys.addAll(bucket.index(false));
        keys.addAll(bucket.index(true));
        return keys;
    }

    private static List<byte[]> shelfKeys(Bucket bucket, SessionAddress address) {
        return List.of(bucket.shelf(address.key()), bucket.untold());
    }

    private static RedisOperation<StoreReply> operation(
            LuaScript script, SessionAddress address, List<byte[]> keys, byte[]... arguments) {
        return new RedisOperation<>(script, address, keys, List.of(arguments), Replies::decode);
    }
}
