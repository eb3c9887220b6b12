package io.sessiontracker.redis;

import java.util.List;

import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;

/** Reads what the scripts reply: a session, a code, or a code with its data. {@code session.lua} knows the same codes. */
final class Replies {

    private Replies() {}

    static StoreReply decode(List<Object> reply) {
        if (reply.get(0) instanceof byte[] value) {
            return new StoreReply.Done(StoredFormat.decode(value), 0);
        }
        int code = ((Long) reply.get(0)).intValue();
        return switch (code) {
            case 0 -> done(reply);
            case 1 ->
                new StoreReply.Started(
                        new SessionVersion(StoredFormat.decodeId((byte[]) reply.get(1), 0), 1), (Long) reply.get(2));
            case 2 -> new StoreReply.InProgress(StoredFormat.decode((byte[]) reply.get(1)));
            case 3 -> new StoreReply.NotFound();
            case 4 -> new StoreReply.AlreadyFinished();
            case 5 -> new StoreReply.AlreadyResumed();
            case 6 -> new StoreReply.VersionConflict((Long) reply.get(1));
            default -> throw new IllegalArgumentException("Unknown reply code " + code);
        };
    }

    private static StoreReply done(List<Object> reply) {
        return new StoreReply.Done(
                reply.size() > 2 ? StoredFormat.decode((byte[]) reply.get(2)) : null,
                reply.size() > 1 ? (Long) reply.get(1) : 0);
    }
}
