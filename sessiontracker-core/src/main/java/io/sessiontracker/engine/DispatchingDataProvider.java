package io.sessiontracker.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.Lifetimes;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionData;
import io.sessiontracker.spi.SessionDataProvider;
import io.sessiontracker.spi.SessionScan;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.SessionSweep;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreDescription;
import io.sessiontracker.spi.StoreReply;
import org.jspecify.annotations.Nullable;

/**
 * A store whose replies are {@linkplain ReplyDispatcher dispatched} to where the application's code may run.
 *
 * @param direct the store itself: its stages may complete on a thread that must not be blocked. A caller that sends many requests
 *     before it waits for the first reply uses it, and dispatches the replies together
 */
record DispatchingDataProvider(SessionDataProvider direct, ReplyDispatcher dispatcher) implements SessionDataProvider {

    @Override
    public StoreDescription description() {
        return direct.description();
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return dispatcher.dispatch(address, direct.start(address, ids, data, lifetimes, token, touchRunning));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return dispatcher.dispatch(address, direct.get(address, touch));
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return dispatcher.dispatch(address, direct.get(address, touch, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> getFromStore(SessionAddress address, Lifetimes lifetimesHint) {
        return dispatcher.dispatch(address, direct.getFromStore(address, lifetimesHint));
    }

    @Override
    public CompletionStage<List<StoreReply>> getAll(List<SessionAddress> addresses, Lifetimes lifetimesHint) {
        return dispatcher.dispatch(addresses, direct.getAll(addresses, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return dispatcher.dispatch(address, direct.getIfChanged(address, known, write, touch));
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return dispatcher.dispatch(address, direct.getFinished(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return dispatcher.dispatch(address, direct.touch(address));
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address, Lifetimes lifetimesHint) {
        return dispatcher.dispatch(address, direct.touch(address, lifetimesHint));
    }

    @Override
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return dispatcher.dispatch(address, direct.expiry(address, id));
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return dispatcher.dispatch(address, direct.expire(address, id, lifetimes));
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return dispatcher.dispatch(address, direct.update(address, expected, write, data, token));
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return dispatcher.dispatch(address, direct.finish(address, expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return dispatcher.dispatch(address, direct.resume(address, expected, lifetimes, token, returnSession));
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return dispatcher.dispatch(address, direct.delete(address, states, expected, token, returnSession));
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return dispatcher.dispatch(scan.type(), direct.scan(scan));
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return dispatcher.dispatch(type, direct.count(type, finished));
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return dispatcher.dispatch(sweep.type(), direct.sweep(sweep));
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return dispatcher.dispatch(address, direct.acknowledgeExpired(address, id));
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> expired) {
        return dispatcher.dispatch(type, direct.acknowledgeExpired(type, expired));
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return dispatcher.dispatch(type, direct.acknowledgeReminders(type, delivered));
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return dispatcher.dispatch(name, direct.recordLockProvider(name, lease));
    }
}
