package io.sessiontracker.engine;

import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;

/**
 * A store whose replies are {@linkplain ReplyDispatcher handed over} to where the application's code may run.
 *
 * @param direct the store itself: its stages may complete on a thread that must not be blocked, and are to be {@linkplain #take
 *     taken} before anything follows them
 */
record DispatchingDataProvider(SessionDataProvider direct, ReplyDispatcher handover) {

    /** A reply of {@link #direct}. Who asks for several before taking the first has them all under way. */
    <R> CompletionStage<R> take(Object subject, CompletionStage<R> reply) {
        return handover.take(subject, reply);
    }

    CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return take(address, direct.start(address, ids, data, lifetimes, token, touchRunning));
    }

    CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return take(address, direct.get(address, touch, lifetimesHint));
    }

    CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return take(address, direct.getFinished(address));
    }

    CompletionStage<StoreReply> touch(SessionAddress address) {
        return take(address, direct.touch(address));
    }

    CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return take(address, direct.update(address, expected, data, token));
    }

    CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return take(scan.type(), direct.scan(scan));
    }

    CompletionStage<Long> count(String type, boolean finished) {
        return take(type, direct.count(type, finished));
    }
}
