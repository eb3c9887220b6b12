package io.sessiontracker.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/** A store that passes every call on to another one; a subclass overrides those that it adds something to. */
public abstract class ForwardingDataProvider implements SessionDataProvider {

    private final SessionDataProvider store;

    /** Passes calls on to that store. */
    protected ForwardingDataProvider(SessionDataProvider store) {
        this.store = store;
    }

    @Override
    public StoreDescription description() {
        return store.description();
    }

    @Override
    public Optional<CallerTransaction> callerTransaction() {
        return store.callerTransaction();
    }

    @Override
    public Optional<SessionAnnouncements> announcements() {
        return store.announcements();
    }

    @Override
    public Optional<StoredSession> copyOf(SessionAddress address) {
        return store.copyOf(address);
    }

    @Override
    public CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning) {
        return store.start(address, ids, data, lifetimes, token, touchRunning);
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch) {
        return store.get(address, touch);
    }

    @Override
    public CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return store.get(address, touch, lifetimesHint);
    }

    @Override
    public CompletionStage<StoreReply> getFromStore(SessionAddress address, Lifetimes lifetimesHint) {
        return store.getFromStore(address, lifetimesHint);
    }

    @Override
    public CompletionStage<List<StoreReply>> getAll(List<SessionAddress> addresses, Lifetimes lifetimesHint) {
        return store.getAll(addresses, lifetimesHint);
    }

    @Override
    public CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return store.getIfChanged(address, known, write, touch);
    }

    @Override
    public CompletionStage<StoreReply> getFinished(SessionAddress address) {
        return store.getFinished(address);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address) {
        return store.touch(address);
    }

    @Override
    public CompletionStage<StoreReply> touch(SessionAddress address, Lifetimes lifetimesHint) {
        return store.touch(address, lifetimesHint);
    }

    @Override
    public CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id) {
        return store.expiry(address, id);
    }

    @Override
    public CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes) {
        return store.expire(address, id, lifetimes);
    }

    @Override
    public CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token) {
        return store.update(address, expected, write, data, token);
    }

    @Override
    public CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return store.finish(address, expected, lifetimes, token, returnSession);
    }

    @Override
    public CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession) {
        return store.resume(address, expected, lifetimes, token, returnSession);
    }

    @Override
    public CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession) {
        return store.delete(address, states, expected, token, returnSession);
    }

    @Override
    public CompletionStage<SessionScan.Reply> scan(SessionScan scan) {
        return store.scan(scan);
    }

    @Override
    public CompletionStage<Long> count(String type, boolean finished) {
        return store.count(type, finished);
    }

    @Override
    public CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep) {
        return store.sweep(sweep);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id) {
        return store.acknowledgeExpired(address, id);
    }

    @Override
    public CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> delivered) {
        return store.acknowledgeExpired(type, delivered);
    }

    @Override
    public CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered) {
        return store.acknowledgeReminders(type, delivered);
    }

    @Override
    public CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return store.recordLockProvider(name, lease);
    }
}
