package io.sessiontracker.redis.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.redis.client.KeyLayout.Bucket;
import io.sessiontracker.spi.LockRequest;
import io.sessiontracker.spi.LockState;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.support.Durations;

/** Describes each call on a lock as a {@link ScriptCall}; the scripts' heads tell their keys and arguments. */
public final class LockScripts {

    /** Behind the holder's id once somebody waits, as {@code lib/lease.lua} puts it there. */
    private static final String WAITED_FOR = "+";

    private final KeyLayout layout;
    private final byte[] channel;

    public LockScripts(KeyLayout layout) {
        this.layout = layout;
        this.channel = layout.freedLocks();
    }

    public byte[] channel() {
        return channel;
    }

    /** As messages on the channel name it. */
    public String name(SessionAddress address) {
        return new String(layout.bucket(address).lock(address.key()), StandardCharsets.UTF_8);
    }

    /**
     * One try.
     *
     * @param othersWait whether others are known to wait for it, who are to be told of its release
     */
    public ScriptCall<LockAttempt> lock(LockRequest request, String id, boolean othersWait) {
        SessionAddress address = request.address();
        return new ScriptCall<>(
                LuaScript.LOCK, address, keys(address), arguments(request, id, othersWait), LockAttempt::decode);
    }

    /** The same, and reads and touches the session. */
    public ScriptCall<LockAttempt> lockAndGet(LockRequest request, String id, boolean othersWait) {
        SessionAddress address = request.address();
        Bucket bucket = layout.bucket(address);
        List<byte[]> keys = new ArrayList<>(6);
        keys.add(bucket.session(false, address.key()));
        keys.add(bucket.session(true, address.key()));
        keys.addAll(bucket.index(false));
        keys.add(bucket.lock(address.key()));
        List<byte[]> arguments = arguments(request, id, othersWait);
        arguments.add(channel);
        return new ScriptCall<>(LuaScript.LOCK_GET, address, keys, arguments, LockAttempt::decodeWithSession);
    }

    /** Whether it is still this id's. */
    public ScriptCall<Boolean> extend(SessionAddress address, String id, long leaseMillis) {
        return new ScriptCall<>(
                LuaScript.EXTEND,
                address,
                keys(address),
                List.of(ScriptArguments.text(id), ScriptArguments.decimal(leaseMillis)),
                LockScripts::isOne);
    }

    /** Whether it was this id's. */
    public ScriptCall<Boolean> unlock(SessionAddress address, String id) {
        return new ScriptCall<>(
                LuaScript.UNLOCK,
                address,
                keys(address),
                List.of(ScriptArguments.text(id), channel),
                LockScripts::isOne);
    }

    /** Who holds it. */
    public ScriptCall<LockState> lockState(SessionAddress address) {
        return new ScriptCall<>(LuaScript.LOCK_INFO, address, keys(address), List.of(), LockScripts::state);
    }

    private static LockState state(byte[] reply) {
        PackedReply packed = new PackedReply(reply);
        if (!packed.hasNext()) {
            return LockState.FREE;
        }
        String held = packed.nextText();
        String holder = held.endsWith(WAITED_FOR) ? held.substring(0, held.length() - WAITED_FOR.length()) : held;
        return new LockState(holder, Duration.ofMillis(Math.max(0, packed.nextNumber())));
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
