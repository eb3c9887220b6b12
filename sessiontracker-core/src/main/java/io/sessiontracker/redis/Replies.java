package io.sessiontracker.redis;

import java.util.List;

import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;

/** Reads what the scripts reply: a code, then its data. {@code prelude.lua} knows the same codes. */
final class Replies {

    private Replies() {}

    static StoreReply decode(List<Object> reply) {
        int code = ((Long) reply.get(0)).intValue();
        return switch (code) {
            case 0 ->
                new StoreReply.Done(
                        reply.size() > 2 ? StoredFormat.decode((byte[]) reply.get(2)) : null, (Long) reply.get(1));
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
}
