package io.sessiontracker.redis.script;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.sessiontracker.spi.SessionAnnouncements.CopyReply;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;

/** Reads what the scripts reply: a session, or a code and its data. {@code lib/session.lua} has the same codes. */
final class ScriptReplies {

    /** The other bytes are a stored session's format. */
    private static final int FIRST_CODE = 128;

    /** The first code of a refusal. */
    private static final int NOT_FOUND = 3;

    private static final int INDEX_NEEDED = 8;
    private static final int COPY = 9;
    private static final int DUE = 10;
    private static final int OTHER_OWNER = 11;

    private static final int DATA = 1;
    private static final int TIME_SIZE = 6;

    private ScriptReplies() {}

    /** The code that the reply begins with, counted from the first; less than 0 if it is a session. */
    static int code(byte[] reply) {
        return (reply[0] & 0xff) - FIRST_CODE;
    }

    static StoreReply decode(byte[] reply) {
        int code = code(reply);
        return switch (code) {
            case 0 -> done(reply);
            case 1 ->
                new StoreReply.Started(
                        new SessionVersion(StoredFormat.decodeId(reply, DATA), 1),
                        StoredFormat.sixBytes(reply, DATA + StoredFormat.ID_SIZE),
                        StoredSession.UNKNOWN);
            case 2 -> new StoreReply.InProgress(StoredFormat.decode(after(reply, DATA)));
            case NOT_FOUND -> new StoreReply.NotFound();
            case 4 -> new StoreReply.AlreadyFinished();
            case 5 -> new StoreReply.AlreadyResumed();
            case 6 -> conflict(reply);
            case DUE -> due(reply);
            case OTHER_OWNER -> new StoreReply.OtherOwner();
            default -> {
                if (code < 0) {
                    yield new StoreReply.Done(StoredFormat.decode(reply), 0);
                }
                throw new IllegalArgumentException("Unknown reply code " + code);
            }
        };
    }

    /** Returns whether a call without the keys of indexes did nothing, and needs them. */
    static boolean isIndexNeeded(byte[] reply) {
        return code(reply) == INDEX_NEEDED;
    }

    /** Returns what {@code session/get_copy} replied. */
    static CopyReply decodeCopy(byte[] reply) {
        if (hasDeadline(reply)) {
            CopyReply copy = decodeCopy(withoutDeadline(reply));
            return new CopyReply(withDeadline(copy.reply(), deadline(reply)), copy.millis(), copy.untouchedMillis());
        }
        if (code(reply) != COPY) {
            return new CopyReply(decode(reply), 0, 0);
        }
        int session = DATA + 2 * TIME_SIZE;
        StoreReply read = reply.length == session
                ? new StoreReply.Unchanged(StoredSession.UNKNOWN)
                : new StoreReply.Done(StoredFormat.decode(after(reply, session)), 0);
        return new CopyReply(read, StoredFormat.sixBytes(reply, DATA), StoredFormat.sixBytes(reply, DATA + TIME_SIZE));
    }

    private static StoreReply due(byte[] reply) {
        return withDeadline(decode(withoutDeadline(reply)), deadline(reply));
    }

    private static StoreReply withDeadline(StoreReply reply, long deadline) {
        if (reply instanceof StoreReply.Done done) {
            StoredSession session = done.session();
            return new StoreReply.Done(session == null ? null : session.withExpiresAt(deadline), done.at(), deadline);
        }
        if (reply instanceof StoreReply.Started started) {
            return new StoreReply.Started(started.version(), started.startedAt(), deadline);
        }
        return reply instanceof StoreReply.Unchanged ? new StoreReply.Unchanged(deadline) : reply;
    }

    static boolean hasDeadline(byte[] reply) {
        return code(reply) == DUE;
    }

    /** Returns when the session is due that a reply is about, if it says that; unknown otherwise. */
    static long deadline(byte[] reply) {
        return hasDeadline(reply) ? StoredFormat.deadline(reply, DATA) : StoredSession.UNKNOWN;
    }

    /** Returns the session that a read replied, or the code and what follows it. */
    static byte[] withoutDeadline(byte[] reply) {
        return hasDeadline(reply) ? after(reply, DATA + TIME_SIZE) : reply;
    }

    private static StoreReply conflict(byte[] reply) {
        int session = DATA + TIME_SIZE;
        return new StoreReply.VersionConflict(
                StoredFormat.sixBytes(reply, DATA),
                reply.length > session ? StoredFormat.decode(after(reply, session)) : null);
    }

    private static StoreReply done(byte[] reply) {
        int session = DATA + TIME_SIZE;
        return new StoreReply.Done(
                reply.length > session ? StoredFormat.decode(after(reply, session)) : null,
                reply.length > DATA ? StoredFormat.sixBytes(reply, DATA) : 0);
    }

    /** Returns whether the reply says that nothing was changed. */
    static boolean isRefusal(byte[] reply) {
        return code(reply) >= NOT_FOUND && !hasDeadline(reply);
    }

    /** Returns the decimal number from there to the end. */
    static long decimals(byte[] reply, int from) {
        return decimals(reply, from, reply.length);
    }

    /** Returns the decimal number between these positions. */
    static long decimals(byte[] reply, int from, int to) {
        return Long.parseLong(new String(reply, from, to - from, StandardCharsets.US_ASCII));
    }

    static byte[] after(byte[] reply, int from) {
        return Arrays.copyOfRange(reply, from, reply.length);
    }
}
