package io.sessiontracker.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.sessiontracker.cache.SessionCopies.Copy;
import io.sessiontracker.cache.SessionCopies.Use;
import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionAddress;
import io.sessiontracker.spi.SessionAnnouncements;
import io.sessiontracker.spi.SessionInstrumentation;
import io.sessiontracker.spi.SessionVersion;
import io.sessiontracker.spi.StoreReply;
import io.sessiontracker.spi.StoredSession;
import io.sessiontracker.spi.support.Moment;
import org.jspecify.annotations.Nullable;

/**
 * Copies that are used without asking the store, as it announces changes. A heartbeat that returns shows that all changes before it was
 * sent have been announced: so a read is stale by less than the age of the last one.
 */
final class AnnouncedCopies implements SessionAnnouncements.Listener {

    /** How many heartbeats the store is to send within the time by which a read may be stale. */
    private static final int HEARTBEATS = 4;

    private final SessionCopies copies;
    private final SessionAnnouncements announcements;
    private final SessionInstrumentation instrumentation;
    private final SessionAnnouncements.Subscription subscription;
    private volatile Consumer<SessionAddress> changeListener = address -> {};

    AnnouncedCopies(
            SessionCopies copies,
            SessionAnnouncements announcements,
            Duration leastStaleness,
            SessionInstrumentation instrumentation) {
        this.copies = copies;
        this.announcements = announcements;
        this.instrumentation = instrumentation;
        this.subscription = announcements.subscribe(leastStaleness.dividedBy(HEARTBEATS), this);
    }

    /** Returns the copy if a read may be answered by it; null if the store has to be asked. */
    @Nullable
    StoredSession find(SessionAddress address, boolean touch, Duration maxStaleness) {
        // Asked in any case: the first question makes the store send what it announces.
        boolean current = subscription.lagMillis(address.type()) < maxStaleness.toMillis();
        Copy copy = current ? copies.get(address) : null;
        return copy == null || copy.use().isOver(touch) ? null : copy.session();
    }

    /**
     * Answers a read.
     *
     * @param found the copy that may answer it, {@linkplain #find found} before; null to ask the store
     */
    CompletionStage<StoreReply> answer(SessionAddress address, boolean touch, @Nullable StoredSession found) {
        if (found == null) {
            return read(address, touch);
        }
        return CompletableFuture.completedFuture(
                address.isOf(found.data().properties()) ? new StoreReply.Done(found, 0) : new StoreReply.OtherOwner());
    }

    /** Reads the session, unless it is unchanged, and learns how long the copy can be used. */
    CompletionStage<StoreReply> read(SessionAddress address, boolean touch) {
        Copy copy = copies.get(address);
        StoredSession known = copy == null ? null : copy.session();
        long ticket = copies.ticket(address);
        Moment sent = Moment.now();
        return announcements
                .read(address, known == null ? null : known.version(), known == null ? null : known.write(), touch)
                .thenApply(answer -> {
                    StoreReply reply = answer.reply();
                    StoredSession session = reply instanceof StoreReply.Done done ? done.session() : known;
                    if (session != null
                            && (reply instanceof StoreReply.Done || reply instanceof StoreReply.Unchanged)) {
                        Use use = new Use(sent, answer.millis(), answer.untouchedMillis());
                        StoredSession read = reply instanceof StoreReply.Unchanged unchanged
                                ? session.withExpiresAt(unchanged.expiresAt())
                                : session;
                        copies.put(address, ticket, new Copy(read, use));
                        return new StoreReply.Done(read, 0);
                    }
                    if (!(reply instanceof StoreReply.OtherOwner)) {
                        copies.remove(address);
                    }
                    return reply;
                });
    }

    @Override
    public void changed(SessionAddress address, @Nullable SessionVersion version, @Nullable OperationToken write) {
        copies.changed(address, version, write);
        instrumentation.nearCacheInvalidation(address.type());
        changeListener.accept(address);
    }

    void onChange(Consumer<SessionAddress> listener) {
        changeListener = listener;
    }

    @Override
    public void confirmed(Duration delay) {
        instrumentation.nearCacheConfirmed(delay);
    }

    @Override
    public void missed() {
        copies.clear();
    }

    SessionAnnouncements.Subscription subscription() {
        return subscription;
    }
}
