package io.sessiontracker.redis.script;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.ReminderChange;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.support.Durations;
import org.jspecify.annotations.Nullable;

/** The scripts' arguments as bytes: numbers have six, unsigned and big-endian, as in {@link StoredFormat}. */
final class ScriptArguments {

    private static final byte[] NONE = {};
    private static final byte[] TRUE = {'1'};
    private static final byte[] FALSE = {'0'};

    private static final int ID_CHARACTERS = 16;

    private ScriptArguments() {}

    /** Returns the arguments of {@code session/start}. */
    static byte[][] start(
            List<String> ids, SessionData data, Lifetimes lifetimes, OperationToken token, boolean touchRunning) {
        return new byte[][] {
            ids(ids),
            lifetimes(lifetimes),
            token(token),
            flag(touchRunning),
            StoredFormat.encodeBody(data),
            kind(lifetimes)
        };
    }

    /** Returns the arguments of {@code session/finish} and {@code session/resume}. */
    static byte[][] transition(
            @Nullable SessionVersion expected, Lifetimes lifetimes, OperationToken token, boolean returnSession) {
        return new byte[][] {version(expected), lifetimes(lifetimes), token(token), flag(returnSession), kind(lifetimes)
        };
    }

    /** Returns changes of reminders, as {@code lib/change_reminders.lua} reads them. */
    static byte[] reminders(List<ReminderChange> changes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ReminderChange change : changes) {
            byte[] name = text(change.name());
            all.writeBytes(numbers(
                    Math.min(change.after(), Durations.MAX_MILLIS),
                    Math.min(change.beforeExpiry(), Durations.MAX_MILLIS)));
            all.write(name.length);
            all.writeBytes(name);
        }
        return all.toByteArray();
    }

    /** Returns the header's field that says what is to be done at each change of a session with these lifetimes. */
    private static byte[] kind(Lifetimes lifetimes) {
        if (lifetimes.announced()) {
            return lifetimes.queryable() ? StoredFormat.ANNOUNCED : StoredFormat.ANNOUNCED_UNINDEXED;
        }
        return lifetimes.queryable() ? NONE : StoredFormat.UNINDEXED;
    }

    /** Returns the values of a session that is the owner's, each after its length; nothing for a caller who owns none. */
    static byte[] owner(SessionOwner owner) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String value : owner.values()) {
            byte[] text = text(value);
            all.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
            all.writeBytes(text);
        }
        return all.toByteArray();
    }

    static byte[] flag(boolean flag) {
        return flag ? TRUE : FALSE;
    }

    static byte[] token(OperationToken token) {
        return numbers(token.operation() << 8 | token.attempt());
    }

    static byte[] lifetimes(Lifetimes lifetimes) {
        return numbers(
                Math.min(lifetimes.absolute(), Durations.MAX_MILLIS),
                Math.min(lifetimes.absoluteAt(), Durations.MAX_MILLIS),
                Math.min(lifetimes.sliding(), Durations.MAX_MILLIS),
                Math.min(lifetimes.tolerance(), Durations.MAX_MILLIS),
                Math.min(lifetimes.retention(), Durations.MAX_MILLIS));
    }

    /** Twelve bytes of id and six of version, as in a header, or nothing. What cannot be an id is left out, so no session has it. */
    static byte[] version(@Nullable SessionVersion version) {
        if (version == null) {
            return NONE;
        }
        byte[] id = decodeId(version.id());
        byte[] number = numbers(version.version());
        return ByteBuffer.allocate(number.length + id.length)
                .put(id)
                .put(number)
                .array();
    }

    /** A version, and the token of the write that stored it if that is given, as in a header; or nothing. */
    static byte[] version(@Nullable SessionVersion version, @Nullable OperationToken write) {
        byte[] known = version(version);
        if (write == null) {
            return known;
        }
        byte[] token = token(write);
        return ByteBuffer.allocate(known.length + token.length)
                .put(known)
                .put(token)
                .array();
    }

    /** Twelve bytes, or nothing. What cannot be an id is left as it is, so no session has it. */
    static byte[] id(@Nullable String id) {
        if (id == null) {
            return NONE;
        }
        byte[] bytes = decodeId(id);
        return bytes.length == 0 ? text(id) : bytes;
    }

    /**
     * All ids, one after the other.
     *
     * @throws IllegalArgumentException if one is none
     */
    static byte[] ids(List<String> ids) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(ids.size() * StoredFormat.ID_SIZE);
        for (String id : ids) {
            byte[] bytes = decodeId(id);
            if (bytes.length == 0) {
                throw new IllegalArgumentException("Not 16 characters of base64url: \"" + id + "\"");
            }
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    static byte[] decodeId(String id) {
        if (id.length() != ID_CHARACTERS) {
            return NONE;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(id);
            return bytes.length == StoredFormat.ID_SIZE ? bytes : NONE;
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] decimal(long number) {
        return text(Long.toString(number));
    }

    static byte[] numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(6 * numbers.length);
        for (long number : numbers) {
            bytes.putShort((short) (number >>> 32)).putInt((int) number);
        }
        return bytes.array();
    }
}
