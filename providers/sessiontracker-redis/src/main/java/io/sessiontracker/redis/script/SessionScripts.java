package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements.CopyReply;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/** Describes each call on one session as a {@link ScriptCall}; the scripts' heads name their keys and arguments. */
public final class SessionScripts {

    /** Which session decides whose the address is, as {@code lib/owner.lua} has it. */
    private static final byte[] RUNNING_FIRST = {'r'};

    private static final byte[] STARTED_FIRST = {'s'};
    private static final byte[] FINISHED_FIRST = {'f'};
    private static final byte[] EACH = {'e'};

    private final KeyLayout layout;
    private final FastPathReads fastPaths;

    public SessionScripts(KeyLayout layout) {
        this(layout, new RecentTouches());
    }

    SessionScripts(KeyLayout layout, RecentTouches touches) {
        this.layout = layout;
        this.fastPaths = new FastPathReads(touches);
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
        fastPaths.forget(address);
        byte[][] arguments = ScriptArguments.start(ids, data, lifetimes, token, touchRunning);
        ScriptCall<StoreReply> start = data.reminders().isEmpty()
                ? operation(LuaScript.START, address, keys(address).starting(), arguments)
                : operation(
                        LuaScript.START_REMINDING,
                        address,
                        keys(address).startingWithReminders(),
                        withReminders(arguments, data));
        return own(address, STARTED_FIRST, start.decodedBy(reply -> decodeStart(lifetimes, reply)));
    }

    /** Completes the reply by what need not be sent: when a new session is due. */
    private static StoreReply decodeStart(Lifetimes lifetimes, byte[] reply) {
        StoreReply decoded = ScriptReplies.decode(reply);
        return decoded instanceof StoreReply.Started started && !ScriptReplies.hasDeadline(reply)
                ? new StoreReply.Started(
                        started.version(), started.startedAt(), lifetimes.deadline(started.startedAt()))
                : decoded;
    }

    public ScriptCall<StoreReply> get(SessionAddress address, boolean touch) {
        return own(
                address,
                RUNNING_FIRST,
                touch
                        ? operation(LuaScript.GET, address, keys(address).touching(false))
                        : operation(LuaScript.PEEK, address, keys(address).reading()));
    }

    /** Reads the running session, with a fast path where a plain read usually suffices. */
    public ScriptCall<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return fastPaths.of(get(address, touch), address, touch, lifetimesHint);
    }

    /** Reads the running session, unless it is the one that the caller knows. */
    public ScriptCall<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return getCopy(address, known, write, touch).map(CopyReply::reply);
    }

    /** Reads the running session, unless it is the one that the caller knows, and for how long a copy can be used. */
    public ScriptCall<CopyReply> getCopy(
            SessionAddress address, @Nullable SessionVersion known, @Nullable OperationToken write, boolean touch) {
        ScriptCall<CopyReply> getCopy = new ScriptCall<>(
                LuaScript.GET_COPY,
                address,
                keys(address).touching(false),
                List.of(ScriptArguments.version(known, write), ScriptArguments.flag(touch)),
                ScriptReplies::decodeCopy);
        return own(address, RUNNING_FIRST, getCopy);
    }

    public ScriptCall<StoreReply> getFinished(SessionAddress address) {
        return own(
                address,
                FINISHED_FIRST,
                operation(LuaScript.GET_FINISHED, address, keys(address).touching(true)));
    }

    public ScriptCall<StoreReply> touch(SessionAddress address) {
        return own(
                address,
                RUNNING_FIRST,
                operation(LuaScript.TOUCH, address, keys(address).touching(false)));
    }

    public ScriptCall<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return own(
                address,
                RUNNING_FIRST,
                operation(LuaScript.EXPIRY, address, keys(address).reading(), ScriptArguments.id(id)));
    }

    public ScriptCall<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        fastPaths.forget(address);
        return own(
                address,
                RUNNING_FIRST,
                operation(
                        LuaScript.EXPIRE,
                        address,
                        keys(address).expiring(),
                        ScriptArguments.id(id),
                        ScriptArguments.lifetimes(lifetimes)));
    }

    public ScriptCall<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        byte[][] arguments = {
            ScriptArguments.version(expected, write),
            ScriptArguments.version(expected.next()),
            ScriptArguments.token(token),
            StoredFormat.encodeBody(data)
        };
        return data.reminders().isEmpty()
                ? operation(LuaScript.UPDATE, address, keys(address).updating(), arguments)
                : operation(
                        LuaScript.UPDATE_REMINDING,
                        address,
                        keys(address).updatingReminders(),
                        withReminders(arguments, data));
    }

    private static byte[][] withReminders(byte[][] arguments, SessionData data) {
        byte[][] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = ScriptArguments.reminders(data.reminders());
        return all;
    }

    public ScriptCall<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        fastPaths.forget(address);
        return own(
                address,
                RUNNING_FIRST,
                operation(
                        LuaScript.FINISH,
                        address,
                        keys(address).ending(),
                        ScriptArguments.transition(expected, lifetimes, token, returnSession)));
    }

    public ScriptCall<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        fastPaths.forget(address);
        return own(
                address,
                FINISHED_FIRST,
                operation(
                        LuaScript.RESUME,
                        address,
                        keys(address).resuming(),
                        ScriptArguments.transition(expected, lifetimes, token, returnSession)));
    }

    /**
     * Returns a start, a finish or a resume without the keys of indexes, which suffices where no stored session is in one. Its result is
     * empty otherwise: then nothing was done.
     */
    public static ScriptCall<Optional<StoreReply>> withoutIndex(ScriptCall<StoreReply> call) {
        return new ScriptCall<>(
                call.script(),
                call.subject(),
                Arrays.copyOf(call.keys(), SessionKeys.WITHOUT_INDEX),
                call.arguments(),
                reply -> ScriptReplies.isIndexNeeded(reply)
                        ? Optional.empty()
                        : Optional.of(call.decoder().apply(reply)),
                null);
    }

    public ScriptCall<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        fastPaths.forget(address);
        return own(
                address,
                EACH,
                operation(
                        LuaScript.DELETE,
                        address,
                        keys(address).ending(),
                        ScriptArguments.version(expected),
                        ScriptArguments.token(token),
                        ScriptArguments.flag(returnSession),
                        ScriptArguments.flag(states.hasRunning()),
                        ScriptArguments.flag(states.hasFinished())));
    }

    /** Returns the call for the address's owner, if it has one. */
    private static <R> ScriptCall<R> own(SessionAddress address, byte[] counts, ScriptCall<R> call) {
        SessionOwner owner = address.owner();
        return owner == null
                ? call
                : call.owned(counts, ScriptArguments.text(owner.property()), ScriptArguments.owner(owner));
    }

    private SessionKeys keys(SessionAddress address) {
        return new SessionKeys(layout.bucket(address), address.key());
    }

    private static ScriptCall<StoreReply> operation(
            LuaScript script, SessionAddress address, List<byte[]> keys, byte[]... arguments) {
        return new ScriptCall<>(script, address, keys.toArray(byte[][]::new), arguments, ScriptReplies::decode, null);
    }
}
