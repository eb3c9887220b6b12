package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.redis.script.KeyLayout.Bucket;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionLockProvider.LockState;
import io.sessiontracker.spi.support.Durations;

/** Describes each call on a lock as a {@link ScriptCall}; the scripts' heads name their keys and arguments. */
public final class LockScripts {

    /** Follows the holder's id once another waits, as {@code lib/lease.lua} appends it. */
    private static final String AWAITED = "+";

    private final KeyLayout layout;
    private final byte[] channel;

    public LockScripts(KeyLayout layout) {
        this.layout = layout;
        this.channel = layout.lockChannel();
    }

    public byte[] channel() {
        return channel;
    }

    /** Returns the lock's name as messages on the channel have it. */
    public String name(SessionAddress address) {
        return new String(layout.bucket(address).lock(address.key()), StandardCharsets.UTF_8);
    }

    /**
     * Attempts to acquire a lock.
     *
     * @param othersWait whether others in this process wait for it, so that its release has to be published
     */
    public ScriptCall<LockAttempt> lock(LockRequest request, String id, boolean othersWait) {
        SessionAddress address = request.address();
        return new ScriptCall<>(
                LuaScript.LOCK, address, grantKeys(address), arguments(request, id, othersWait), LockAttempt::decode);
    }

    /** Attempts to acquire a lock, and then reads and touches its session. */
    public ScriptCall<LockAttempt> lockAndGet(LockRequest request, String id, boolean othersWait) {
        SessionAddress address = request.address();
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = new ArrayList<>(7);
        keys.add(bucket.session(false, address.key()));
        keys.add(bucket.session(true, address.key()));
        keys.addAll(bucket.index(false));
        keys.addAll(grantKeys(address));
        List<byte[]> arguments = arguments(request, id, othersWait);
        arguments.add(channel);
        return new ScriptCall<>(LuaScript.LOCK_GET, address, keys, arguments, LockAttempt::decodeWithSession);
    }

    /** Sets the lease if this id still holds the lock; returns whether it does. */
    public ScriptCall<Boolean> extend(SessionAddress address, String id, long leaseMillis) {
        return new ScriptCall<>(
                LuaScript.EXTEND,
                address,
                keys(address),
                List.of(ScriptArguments.text(id), ScriptArguments.decimal(leaseMillis)),
                LockScripts::isOne);
    }

    /** Releases the lock if this id holds it; returns whether it did. */
    public ScriptCall<Boolean> unlock(SessionAddress address, String id) {
        return new ScriptCall<>(
                LuaScript.UNLOCK,
                address,
                keys(address),
                List.of(ScriptArguments.text(id), channel),
                LockScripts::isOne);
    }

    /** Reads the holder and what is left of its lease. */
    public ScriptCall<LockState> lockState(SessionAddress address) {
        return new ScriptCall<>(LuaScript.LOCK_INFO, address, keys(address), List.of(), LockScripts::state);
    }

    private static LockState state(byte[] reply) {
        PackedReply packed = new PackedReply(reply);
        if (!packed.hasNext()) {
            return LockState.FREE;
        }
        String held = packed.nextText();
        String holder = held.endsWith(AWAITED) ? held.substring(0, held.length() - AWAITED.length()) : held;
        return new LockState(holder, Duration.ofMillis(Math.max(0, packed.nextNumber())));
    }

    private List<byte[]> grantKeys(SessionAddress address) {
        Bucket bucket = layout.bucket(address);
        return List.of(bucket.lock(address.key()), bucket.lastToken());
    }

    private List<byte[]> keys(SessionAddress address) {
        return List.of(layout.bucket(address).lock(address.key()));
    }

    private static List<byte[]> arguments(LockRequest request, String id, boolean othersWait) {
        List<byte[]> arguments = new ArrayList<>(5);
        arguments.add(ScriptArguments.text(id));
        arguments.add(ScriptArguments.decimal(Durations.millis(request.leaseTime())));
        arguments.add(ScriptArguments.flag(!request.waitTime().isZero()));
        arguments.add(ScriptArguments.flag(othersWait));
        return arguments;
    }

    private static boolean isOne(byte[] reply) {
        return ScriptReplies.decimals(reply, 0) == 1;
    }
}
