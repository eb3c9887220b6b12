package io.sessiontracker.engine;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionCopies;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * A store whose replies are {@linkplain Handover handed over} to where the application's code may run.
 *
 * @param direct the store itself: its stages may complete on a thread that must not be blocked, and are to be {@linkplain #take
 *     taken} before anything follows them
 */
record HandedOverStore(SessionDataProvider direct, Handover handover) implements SessionDataProvider {

    /** A reply of {@link #direct}. Who asks for several before taking the first has them all under way. */
    <R> CompletionStage<R> take(Object subject, CompletionStage<R> reply) {
        return handover.take(subject, reply);
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return take(address, direct.start(address, ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return take(address, direct.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes usual) {
        return take(address, direct.get(address, touch, usual));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return take(address, direct.getFinished(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return take(address, direct.touch(address));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return take(address, direct.update(address, expected, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return take(address, direct.finish(address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion only,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returning) {
        return take(address, direct.resume(address, only, lifetimes, token, returning));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionCopies copies,
            @Nullable SessionVersion only,
            OperationToken token,
            boolean returning) {
        return take(address, direct.delete(address, copies, only, token, returning));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return take(scan.type(), direct.scan(scan));
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return take(type, direct.count(type, finished));
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return take(sweep.type(), direct.sweep(sweep));
    }

    @Override
    public CompletionStage<Void> told(SessionAddress address, String id) {
        return take(address, direct.told(address, id));
    }

    @Override
    public CompletionStage<Void> told(String type, Collection<SessionSweep.Expired> told) {
        return take(type, direct.told(type, told));
    }
}
