package io.sessiontracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
    private final RecentTouches touches;

    RedisOperations(KeyLayout layout) {
        this(layout, new RecentTouches());
    }

    RedisOperations(KeyLayout layout, RecentTouches touches) {
        this.layout = layout;
        this.touches = touches;
    }

    /** The lock provider that the namespace uses from now on, unless it uses another one. */
    RedisOperation<String> recordLockProvider(String name, Duration lease) {
        return new RedisOperation<>(
                LuaScript.LOCK_PROVIDER,
                "of the namespace",
                List.of(layout.lockProvider()),
                List.of(ScriptArguments.text(name), ScriptArguments.decimal(ScriptArguments.millis(lease))),
                reply -> new String(reply, StandardCharsets.UTF_8));
    }

    RedisOperation<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        touches.forget(address);
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

    /**
     * The same, beginning with a glance at the value where that will usually do: there is nothing to touch, or it was touched
     * a moment ago, and a session's data do not outlive it, so that being there means being alive.
     */
    RedisOperation<StoreReply> get(SessionAddress address, boolean touch, Lifetimes usual) {
        RedisOperation<StoreReply> get = get(address, touch);
        if (usual.retention() > 0) {
            return get;
        }
        if (touch && usual.sliding() > 0) {
            return usual.tolerance() > 0 ? getOnceInAWhile(address, get) : get;
        }
        return get.glancing(get.keys()[0], touch ? RedisOperations::untouchable : RedisOperations::alive);
    }

    /** Remembers when it touched the session, and only glances at it until its tolerance is over. */
    private RedisOperation<StoreReply> getOnceInAWhile(SessionAddress address, RedisOperation<StoreReply> get) {
        RecentTouches.Moment before = touches.now();
        RedisOperation<StoreReply> touching = get.decodedBy(reply -> {
            StoreReply decoded = Replies.decode(reply);
            if (StoredFormat.isHeader(reply)) {
                touches.touched(address, reply, before);
            }
            return decoded;
        });
        return touches.isRecent(address)
                ? touching.glancing(
                        get.keys()[0],
                        value -> StoredFormat.isHeader(value) && touches.covers(address, value) ? alive(value) : null)
                : touching;
    }

    private static @Nullable StoreReply untouchable(byte[] value) {
        return StoredFormat.isHeader(value) && StoredFormat.sixBytes(value, StoredFormat.SLIDING) == 0
                ? alive(value)
                : null;
    }

    private static @Nullable StoreReply alive(byte[] value) {
        return StoredFormat.isHeader(value) && StoredFormat.sixBytes(value, StoredFormat.RETENTION) == 0
                ? new StoreReply.Done(StoredFormat.decode(value), 0)
                : null;
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
        return new RedisOperation<>(script, address, keys.toArray(byte[][]::new), new byte[0][], Replies::decode, null);
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

    private RedisOperation<StoreReply> move(
            LuaScript script,
            SessionAddress address,
            List<byte[]> keys,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        touches.forget(address);
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
        touches.forget(address);
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
        return new RedisOperation<>(script, address, keys.toArray(byte[][]::new), arguments, Replies::decode, null);
    }
}
