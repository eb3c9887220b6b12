package io.sessiontracker.spi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.sessiontracker.spi.support.AsyncLoops;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions. Each method is one atomic step on the sessions of an address; times are the store's own.
 *
 * <p>An address has at most one running and one finished session. A session that is due counts as absent in every method, from its
 * deadline on and not a millisecond later, whether or not its data are still there. A deadline is the earlier of the absolute one and of
 * the last touch plus the sliding lifetime, as stored with the session. If the sliding lifetime has a tolerance, the deadline may be later
 * by up to that much, but never earlier.
 *
 * <p>A {@link StoreReply.VersionConflict} of an update may contain the session, as if it were read untouched in the same step.
 *
 * <p>Every changing method may be sent twice with the same token by a driver that reconnects. A start, finish, resume or delete that was
 * done is recognised for at least a minute, while no more than seven others of these were done to its address, and the time of none of its
 * sessions ran out; then it answers again that it was done, and changes nothing that other callers did since. The session that such a
 * finish or resume returns is the current one, running or finished; where that is gone, and for a delete, the answer is {@link
 * StoreReply.Done} without a session. An update is recognised as well, as long as no more than three other updates of its session were
 * done since. A store that was asked several times, and refuses without knowing whether that was done, completes the stage with a {@link
 * io.sessiontracker.SessionStoreException}: a caller takes a refusal for proof that nothing was changed.
 *
 * <p>A store that cannot be reached or answers an error completes the stage with a {@link io.sessiontracker.SessionStoreException}. No
 * method answers null or throws.
 *
 * <p>A session that is due, and whose lifetimes have a retention, is kept that long past its deadline, to be delivered by a {@linkplain
 * #sweep sweep}: also when another session starts or is resumed under its key meanwhile, up to sixteen of them for a key; of more, the
 * oldest are dropped.
 *
 * <p>A start or an update also makes the {@linkplain SessionData#reminders changes of reminders} that come with its data, once for each
 * attempt: their times count from then. A running session's reminders stay as they are otherwise, until it is finished, deleted or due. A
 * reminder that nobody claims is kept for a week after it was due, or longer.
 */
public interface SessionDataProvider {

    /** Returns what the engine has to know of this store; it never changes. */
    default StoreDescription description() {
        return StoreDescription.DEFAULT;
    }

    /**
     * Returns the transaction of the calling thread that a call made now in this thread is part of; empty if a call is a step of its own,
     * as always by default. Only a store whose calls block can answer one; a provider that wraps such a store passes it on. Sweeps,
     * acknowledgements and the record of the lock provider are never part of it.
     */
    default Optional<CallerTransaction> callerTransaction() {
        return Optional.empty();
    }

    /** Returns how changes of running sessions are announced; empty if this store announces none, as by default. */
    default Optional<SessionAnnouncements> announcements() {
        return Optional.empty();
    }

    /**
     * Returns a copy of the running session that is in this process's memory and probably current, for a caller that begins a change with
     * it, which the store then compares: empty if there is none, as always in a store without a near cache.
     */
    default Optional<StoredSession> copyOf(SessionAddress address) {
        return Optional.empty();
    }

    /**
     * Starts a session unless one runs.
     *
     * <p>It is this very session that runs if it is at version 1 and its id is one of {@code ids}: then its data and lifetimes are
     * replaced, its id and start time stay, and it is {@link StoreReply.Started} again. If it was finished and resumed since, its lifetimes
     * stay, too: they are the resume's.
     *
     * <p>If a session that is there, or that was there a moment ago, was {@linkplain OperationToken#isStartOf brought by} any attempt of
     * the same operation and is at a later stage of its life, the call was sent twice or overtaken: it is {@code Started}, and nothing is
     * changed.
     *
     * <p>An absolute lifetime counts from the session's start, so a repeated start does not prolong it. Lifetimes that are over by the
     * store's clock succeed as well; the session is due at once.
     *
     * @param ids first the id for a new start, a {@linkplain OperationToken#newSessionId() new one of the token}; then those that this
     *     session may run under already. Each has 16 characters of the alphabet of base64url
     * @param touchRunning whether another session that runs is touched as by {@link #get}
     * @return {@link StoreReply.Started} or {@link StoreReply.InProgress}
     */
    CompletionStage<StoreReply> start(
            SessionAddress address,
            List<String> ids,
            SessionData data,
            Lifetimes lifetimes,
            OperationToken token,
            boolean touchRunning);

    /**
     * Reads the running session.
     *
     * @param touch whether its sliding lifetime restarts
     * @return {@link StoreReply.Done} with it, {@link StoreReply.AlreadyFinished} or {@link StoreReply.NotFound}
     */
    CompletionStage<StoreReply> get(SessionAddress address, boolean touch);

    /**
     * As {@link #get(SessionAddress, boolean)}, with a hint for a store that can read in several ways which one to try first.
     *
     * @param lifetimesHint what sessions of this type are started with, unless their start says otherwise
     */
    default CompletionStage<StoreReply> get(SessionAddress address, boolean touch, Lifetimes lifetimesHint) {
        return get(address, touch);
    }

    /** As {@link #get(SessionAddress, boolean, Lifetimes)} with a touch, and never answered from memory alone; by default the same. */
    default CompletionStage<StoreReply> getFromStore(SessionAddress address, Lifetimes lifetimesHint) {
        return get(address, true, lifetimesHint);
    }

    /**
     * As {@link #get(SessionAddress, boolean, Lifetimes)} with a touch, for one key or several of a type, each as of a moment during the
     * call: to be overridden by a store that can read them in fewer round trips. Answers in their order; fails if one fails.
     */
    default CompletionStage<List<StoreReply>> getAll(List<SessionAddress> addresses, Lifetimes lifetimesHint) {
        return AsyncLoops.all(addresses, address -> get(address, true, lifetimesHint));
    }

    /**
     * As {@link #get(SessionAddress, boolean)}, by a caller that has a copy of the session: it is not answered again if it is still the
     * same start at the same version, stored by the same write. A store that does not compare them answers it all the same, as by default.
     *
     * @param known the id and version that the caller has
     * @param write the {@linkplain StoredSession#write write} that stored what the caller has
     * @return {@link StoreReply.Unchanged}, or what {@code get} answers
     */
    default CompletionStage<StoreReply> getIfChanged(
            SessionAddress address, SessionVersion known, OperationToken write, boolean touch) {
        return get(address, touch);
    }

    /**
     * Reads the finished session, and restarts its sliding lifetime if it has one.
     *
     * @return {@link StoreReply.Done} with it, {@link StoreReply.AlreadyResumed} if there is only a running one, or {@link
     *     StoreReply.NotFound}
     */
    CompletionStage<StoreReply> getFinished(SessionAddress address);

    /**
     * Restarts the running session's sliding lifetime, if it has one.
     *
     * @return {@link StoreReply.Done} without a session, {@link StoreReply.AlreadyFinished} or {@link StoreReply.NotFound}
     */
    CompletionStage<StoreReply> touch(SessionAddress address);

    /** As {@link #touch(SessionAddress)}, with a hint as for {@link #get(SessionAddress, boolean, Lifetimes)}. */
    default CompletionStage<StoreReply> touch(SessionAddress address, Lifetimes lifetimesHint) {
        return touch(address);
    }

    /**
     * Asks when the running session is due, and touches nothing.
     *
     * @param id if given, asks for this start only
     * @return {@link StoreReply.Done} without the session; {@link StoreReply.VersionConflict} with the running session's version if it is
     *     another start; {@link StoreReply.AlreadyFinished} or {@link StoreReply.NotFound}
     */
    CompletionStage<StoreReply> expiry(SessionAddress address, @Nullable String id);

    /**
     * Replaces the running session's lifetimes, and touches it. Version and data stay, and so do its retention, and whether it is queryable
     * and announced. A call that is sent twice counts the lifetimes from when it arrives again.
     *
     * @param id if given, acts only on this start
     * @param lifetimes counted from now; only absolute and sliding lifetime and the tolerance count
     * @return what {@link #expiry} then answers
     */
    CompletionStage<StoreReply> expire(SessionAddress address, @Nullable String id, Lifetimes lifetimes);

    /**
     * Replaces the running session's data if it is at {@code expected}, raises its version by one, and restarts its sliding lifetime. If it
     * is at the next version by the same operation already, see {@link OperationToken#repeats}, its data are replaced and its version
     * stays; if a finished session is, the call is done, and nothing is changed. The same holds if this very attempt is one of the last
     * four writes of its session, running, finished or removed.
     *
     * @param write the {@linkplain StoredSession#write write} that stored what the caller changed; if given, acts only on what it stored,
     *     as a repetition may have replaced the data of a version
     * @return {@link StoreReply.Done} without a session, {@link StoreReply.VersionConflict} with the running session's version, {@link
     *     StoreReply.AlreadyFinished} if none runs but one is finished, or {@link StoreReply.NotFound}
     */
    CompletionStage<StoreReply> update(
            SessionAddress address,
            SessionVersion expected,
            @Nullable OperationToken write,
            SessionData data,
            OperationToken token);

    /** As {@link #update(SessionAddress, SessionVersion, OperationToken, SessionData, OperationToken)}, whatever stored that version. */
    default CompletionStage<StoreReply> update(
            SessionAddress address, SessionVersion expected, SessionData data, OperationToken token) {
        return update(address, expected, null, data, token);
    }

    /**
     * Finishes the running session: it replaces an earlier finished one, and gets new lifetimes.
     *
     * @param expected if given, acts only on a running session that is at this
     * @param lifetimes those of the finished session, counted from now; its retention is 0. They decide whether it is queryable, whatever
     *     the running one was
     * @param returnSession whether the session is to be answered
     * @return {@link StoreReply.Done}; {@link StoreReply.AlreadyFinished} if the finished session is at {@code expected}, or without {@code
     *     expected} if none runs but one is finished; {@link StoreReply.VersionConflict} with the running, or else the finished session's
     *     version; {@link StoreReply.NotFound}
     */
    CompletionStage<StoreReply> finish(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession);

    /**
     * Resumes the finished session: it runs again, with the same id and version and new lifetimes.
     *
     * @param expected if given, acts only on a finished session that is at this
     * @param lifetimes those of the running session, counted from now. They decide whether it is queryable, whatever the finished one was
     * @param returnSession whether the session is to be answered
     * @return {@link StoreReply.Done}; {@link StoreReply.AlreadyResumed} if one runs, whichever; {@link StoreReply.VersionConflict} with
     *     the finished session's version; {@link StoreReply.NotFound}
     */
    CompletionStage<StoreReply> resume(
            SessionAddress address,
            @Nullable SessionVersion expected,
            Lifetimes lifetimes,
            OperationToken token,
            boolean returnSession);

    /**
     * Removes the running and the finished session, or one of the two; the other then counts as absent.
     *
     * @param states which of the two are meant
     * @param expected if given, removes only a session that is at this
     * @param returnSession whether what was removed is to be answered: the running one if there was, else the finished one
     * @return {@link StoreReply.Done}; {@link StoreReply.VersionConflict} with the running, or else the finished session's version, if
     *     neither is at {@code expected}; {@link StoreReply.NotFound} if there is neither
     */
    CompletionStage<StoreReply> delete(
            SessionAddress address,
            SessionStates states,
            @Nullable SessionVersion expected,
            OperationToken token,
            boolean returnSession);

    /**
     * Reads a page of a type's sessions, without those that are due or {@linkplain Lifetimes#queryable not queryable}. Atomic for the
     * sessions of a bucket that it reads, not for the whole scan. Touches nothing.
     */
    CompletionStage<SessionScan.Reply> scan(SessionScan scan);

    /**
     * Counts the queryable sessions of a type without reading them: exact where none starts or ends meanwhile.
     *
     * @param finished whether the finished sessions are meant, or the running ones
     */
    CompletionStage<Long> count(String type, boolean finished);

    /** Claims expired sessions or reminders of a type, or repairs its indexes. */
    CompletionStage<SessionSweep.Reply> sweep(SessionSweep sweep);

    /** Ends the claim of an expired session with that id, which was delivered, and removes its data. Does nothing if that was done before. */
    CompletionStage<Void> acknowledgeExpired(SessionAddress address, String id);

    /** Acknowledges several sessions of a type, in as few steps as the store can; by default each in its own. */
    default CompletionStage<Void> acknowledgeExpired(String type, Collection<SessionSweep.Claimed> delivered) {
        return AsyncLoops.all(delivered, expired -> {
                    SessionAddress address = new SessionAddress(type, expired.key());
                    return acknowledgeExpired(
                            address, expired.session().version().id());
                })
                .thenApply(acknowledged -> null);
    }

    /**
     * Ends the claims of reminders of a type that were delivered. A reminder that is due before its session's deadline stays, and is due
     * again before a later one. Does nothing to a reminder that was acknowledged before, or set anew since it was claimed.
     */
    CompletionStage<Void> acknowledgeReminders(String type, Collection<SessionSweep.Claimed> delivered);

    /**
     * Records the lock provider that the processes of this namespace use, unless another one is recorded. A store of a single process need
     * not do it.
     *
     * @param name {@link SessionLockProvider#name}
     * @param lease how long the record is kept
     * @return the name of the provider that is recorded
     */
    default CompletionStage<String> recordLockProvider(String name, Duration lease) {
        return CompletableFuture.completedStage(name);
    }
}
