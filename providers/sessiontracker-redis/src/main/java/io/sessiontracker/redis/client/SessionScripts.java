package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/** Describes each call on one session as a {@link ScriptCall}; the scripts' heads name their keys and arguments. */
public final class SessionScripts {

    private final KeyLayout layout;
    private final RecentTouches touches;

    public SessionScripts(KeyLayout layout) {
        this(layout, new RecentTouches());
    }

    SessionScripts(KeyLayout layout, RecentTouches touches) {
        this.layout = layout;
        this.touches = touches;
    }

    /** Records the namespace's lock provider, unless another one is recorded; returns the recorded one. */
    public ScriptCall<String> recordLockProvider(String name, Duration lease) {
        return new ScriptCall<>(
                LuaScript.LOCK_PROVIDER,
                "of the namespace",
                List.of(layout.lockProvider()),
                List.of(ScriptArguments.text(name), ScriptArguments.decimal(Durations.millis(lease))),
                reply -> new String(reply, StandardCharsets.UTF_8));
    }

    public ScriptCall<StoreReply> start(
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
        keys.addAll(expiredKeys(bucket, address));
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

    public ScriptCall<StoreReply> get(SessionAddress address, boolean touch) {
        Bucket bucket = layout.bucket(address);
        return touch
                ? touching(LuaScript.GET, address, false)
                : operation(LuaScript.PEEK, address, readingKeys(bucket, address));
    }

    /**
     * Reads the running session, with a fast path where a plain read usually suffices: there is nothing to touch, or the session was
     * touched a moment ago, and its data do not outlive it, so that a value that exists has not expired.
     */
    public ScriptCall<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        ScriptCall<StoreReply> get = get(address, touch);
        if (lifetimesHint.retention() > 0) {
            return get;
        }
        if (touch && lifetimesHint.sliding() > 0) {
            return lifetimesHint.tolerance() > 0 ? getOnceInAWhile(address, get) : get;
        }
        return get.withFastPath(get.keys()[0], touch ? SessionScripts::untouchable : SessionScripts::alive);
    }

    /** Remembers the touch, and reads on the fast path until the session's tolerance is over. */
    private ScriptCall<StoreReply> getOnceInAWhile(SessionAddress address, ScriptCall<StoreReply> get) {
        RecentTouches.Moment before = touches.now();
        ScriptCall<StoreReply> touching = get.decodedBy(reply -> {
            StoreReply decoded = ScriptReplies.decode(reply);
            if (StoredFormat.isHeader(reply)) {
                touches.touched(address, reply, before);
            }
            return decoded;
        });
        return touches.isRecent(address)
                ? touching.withFastPath(
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

    /** Reads the running session, unless it is the one that the caller knows. */
    public ScriptCall<StoreReply> getIfChanged(SessionAddress address, SessionVersion known, boolean touch) {
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = readingKeys(bucket, address);
        if (touch) {
            keys.addAll(bucket.index(false));
        }
        return operation(touch ? LuaScript.GET : LuaScript.PEEK, address, keys, ScriptArguments.version(known));
    }

    public ScriptCall<StoreReply> getFinished(SessionAddress address) {
        return touching(LuaScript.GET_FINISHED, address, true);
    }

    public ScriptCall<StoreReply> touch(SessionAddress address) {
        return touching(LuaScript.TOUCH, address, false);
    }

    private ScriptCall<StoreReply> touching(LuaScript script, SessionAddress address, boolean finished) {
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = readingKeys(bucket, address);
        keys.addAll(bucket.index(finished));
        return new ScriptCall<>(
                script, address, keys.toArray(byte[][]::new), new byte[0][], ScriptReplies::decode, null);
    }

    public ScriptCall<StoreReply> update(
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

    public ScriptCall<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        Bucket bucket = layout.bucket(address);
        return move(LuaScript.FINISH, address, movingKeys(bucket, address), expected, lifetimes, token, returnSession);
    }

    public ScriptCall<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = movingKeys(bucket, address);
        keys.addAll(expiredKeys(bucket, address));
        return move(LuaScript.RESUME, address, keys, expected, lifetimes, token, returnSession);
    }

    private ScriptCall<StoreReply> move(
            LuaScript script,
            SessionAddress address,
            List<byte[]> keys,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        touches.forget(address);
        return operation(
                script,
                address,
                keys,
                ScriptArguments.version(expected),
                ScriptArguments.lifetimes(lifetimes),
                ScriptArguments.token(token),
                ScriptArguments.flag(returnSession));
    }

    public ScriptCall<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        touches.forget(address);
        return operation(
                LuaScript.DELETE,
                address,
                movingKeys(layout.bucket(address), address),
                ScriptArguments.version(expected),
                ScriptArguments.token(token),
                ScriptArguments.flag(returnSession),
                ScriptArguments.flag(states.hasRunning()),
                ScriptArguments.flag(states.hasFinished()));
    }

    private static List<byte[]> readingKeys(Bucket bucket, SessionAddress address) {
        List<byte[]> keys = new ArrayList<>();
        keys.add(bucket.session(false, address.key()));
        keys.add(bucket.session(true, address.key()));
        return keys;
    }

    private static List<byte[]> writingKeys(Bucket bucket, SessionAddress address) {
        List<byte[]> keys = readingKeys(bucket, address);
        keys.add(bucket.tombstones(address.key()));
        return keys;
    }

    private static List<byte[]> movingKeys(Bucket bucket, SessionAddress address) {
        List<byte[]> keys = writingKeys(bucket, address);
        keys.addAll(bucket.index(false));
        keys.addAll(bucket.index(true));
        return keys;
    }

    private static List<byte[]> expiredKeys(Bucket bucket, SessionAddress address) {
        return List.of(bucket.expiredSessions(address.key()), bucket.awaitingDelivery());
    }

    private static ScriptCall<StoreReply> operation(
            LuaScript script, SessionAddress address, List<byte[]> keys, byte[]... arguments) {
        return new ScriptCall<>(script, address, keys.toArray(byte[][]::new), arguments, ScriptReplies::decode, null);
    }
}
