package io.sessiontracker;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/**
 * Stores sessions where every instance of an application finds them. Thread-safe; every call blocks until the store has
 * replied.
 *
 * <p>A session is <em>running</em> from its start until it is finished, deleted, or expires; a finished one stays
 * readable by {@link #getFinished} for as long as the type's settings say, and can be resumed. A key has at most one
 * running and one finished session of a type.
 *
 * <p>Every method that works on one stored session is one atomic step, whatever else happens to that session at the same
 * time; exceptions are documented. Lifetimes are resolved by the process that starts, finishes or resumes a session,
 * stored with it, and counted by the store's clock.
 *
 * <p>Outcomes that a caller can expect are {@link SessionResult}s. For every method:
 *
 * <ul>
 * <li>a null argument is a {@link NullPointerException}, a key or property that breaks a rule an {@link
 * IllegalArgumentException}, a class that cannot be a session type an {@link IllegalStateException}; all of them are
 * thrown before anything is sent;
 * <li>{@link SessionStoreException}: the store could not be reached in time or replied with an error. Whether a change
 * was made is unknown; repeating a {@link #start(Session)} or an {@link #update} with the same instance is safe;
 * <li>an interrupted thread stays interrupted. Waiting for a lock, or for a turn of {@link #modify}, ends with a
 * {@link SessionTrackerException}; waiting for the store's reply ends with a {@link SessionStoreException}, after which it is
 * unknown whether a change was made;
 * <li>{@link SessionCodecException}: the session cannot be written as, or read from, JSON. What is stored stays stored.
 * An {@code …AndGet} method that throws it has acted nevertheless.
 * </ul>
 */
@CheckReturnValue
public interface SessionTracker {

    /**
     * Starts a session with the lifetimes of its type's settings.
     *
     * <p>Repeating the call with the same instance is safe: if the running session is this very one, and has not
     * been changed since, the call succeeds and stores the instance's present state.
     *
     * @return the same instance, now with id, version 1 and start time; or {@link SessionError.InProgress} with the
     *     session that runs under the key
     */
    <S extends Session> SessionResult<S> start(S session);

    /** Starts a session with the given lifetimes instead of its type's; otherwise like {@link #start(Session)}. */
    <S extends Session> SessionResult<S> start(S session, SessionEntryOptions options);

    /**
     * Returns the running session, whose sliding expiration restarts, or starts the supplied one. Of several concurrent
     * callers exactly one starts it, and all get the same session. Reading and starting are one atomic step each.
     *
     * @param supplier called at most once, and only if no running session was found; returns an instance of exactly the
     *     given class with the given key
     * @throws IllegalArgumentException if the supplied session has another class or key
     */
    <S extends Session> SessionResult<S> getOrStart(Class<S> type, String key, Supplier<? extends S> supplier);

    /**
     * Reads the running session, and restarts its sliding expiration.
     *
     * @return a fresh copy; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}
     */
    <S extends Session> SessionResult<S> get(Class<S> type, String key);

    /**
     * Reads the running sessions of these keys, and restarts their sliding expirations. They are read a hundred at once, on Redis in one
     * wait for replies, on a database in one statement for those that need no touch; each as of a moment during the call, not all of
     * one moment.
     *
     * @param keys copied; a key that occurs again is read once
     * @return fresh copies by key, in the order of the keys, unmodifiable; a key with no running session is not in it
     * @throws io.sessiontracker.SessionCodecException if one of them cannot be read, as {@link #get} throws it
     */
    <S extends Session> Map<String, S> getAll(Class<S> type, Collection<String> keys);

    /**
     * Reads the running session and leaves its expiration alone.
     *
     * @return a fresh copy; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}
     */
    <S extends Session> SessionResult<S> peek(Class<S> type, String key);

    /**
     * Calls a watcher with the running session as it is now, and again after each change, whoever makes it; until the session ends or
     * the watch is closed. The expiration is left alone, and changes that follow each other closely may be one call.
     *
     * <p>With {@code near-cache.mode: local} on Redis a change is announced, and seen about as fast as a message travels. Otherwise,
     * and while announcements fail to arrive, the session is compared with the store at each {@code session-tracker.watch.interval};
     * so is it to notice that it expired. While the store cannot be reached nothing is called; what has changed meanwhile is seen after that. A session
     * that ends and is started anew in between is a change.
     *
     * @param watcher called on the tracker's workers, at first with the present state
     * @return to be closed when the states are not wanted any more; watches that are neither closed nor ended go on until the tracker stops
     */
    <S extends Session> SessionWatch watch(Class<S> type, String key, SessionWatcher<? super S> watcher);

    /**
     * Reads the finished session, also while a new one runs under its key. Restarts its sliding expiration if the type's
     * settings gave it one when it was finished.
     *
     * @return a fresh copy; or {@link SessionError.AlreadyResumed} if there is only a running one, or
     *     {@link SessionError.NotFound}
     */
    <S extends Session> SessionResult<S> getFinished(Class<S> type, String key);

    /**
     * Restarts the running session's sliding expiration. Succeeds without a change for a session that has none.
     *
     * @return nothing; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}
     */
    <S extends Session> SessionResult<@Nullable Void> refresh(Class<S> type, String key);

    /**
     * Restarts the sliding expiration of the session that runs under this session's key; see {@link #refresh(Class,
     * String)}.
     */
    <S extends Session> SessionResult<@Nullable Void> refresh(S session);

    /**
     * Asks the store when the running session expires unless it is used or changed first, by the store's clock. Touches nothing.
     *
     * @return the moment, {@link Instant#MAX} for never; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}
     */
    <S extends Session> SessionResult<Instant> expiresAt(Class<S> type, String key);

    /**
     * Asks like {@link #expiresAt(Class, String)} for this very start, whatever its version, and lets {@link Session#getExpiresAt} return
     * the answer.
     *
     * @return the moment, {@link Instant#MAX} for never; or {@link SessionError.VersionConflict} if another start runs under the key, {@link
     *     SessionError.AlreadyFinished}, {@link SessionError.NotFound}
     * @throws IllegalStateException if the instance was never started or read
     */
    <S extends Session> SessionResult<Instant> expiresAt(S session);

    /**
     * Gives the running session other lifetimes, which count from now, in place of all that it has: to grant more time, or less. Neither
     * state nor version changes, and no event is published. Whether its expiry is delivered was decided at its start. Each
     * further use restarts the new sliding expiration, if there is one.
     *
     * @param options {@link SessionEntryOptions#none()} lets it live until it is ended; a moment that has passed lets it expire at once
     * @return when it now expires, {@link Instant#MAX} for never; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}
     */
    <S extends Session> SessionResult<Instant> expire(Class<S> type, String key, SessionEntryOptions options);

    /**
     * Gives other lifetimes like {@link #expire(Class, String, SessionEntryOptions)} to this very start, whatever its version, and lets
     * {@link Session#getExpiresAt} return the answer.
     *
     * @return when it now expires, {@link Instant#MAX} for never; or {@link SessionError.VersionConflict} if another start runs under the
     *     key, {@link SessionError.AlreadyFinished}, {@link SessionError.NotFound}
     * @throws IllegalStateException if the instance was never started or read
     */
    <S extends Session> SessionResult<Instant> expire(S session, SessionEntryOptions options);

    /**
     * Stores the instance's state and properties in one atomic step if the stored session is still the one that the instance was read
     * from, and restarts the sliding expiration. On any failure neither the stored session nor the instance's version changes.
     *
     * <p>Repeating it with the same instance after a {@link SessionStoreException} is safe: if the first call was stored
     * after all, and no one has written since, the second call stores the present state under the same version and succeeds.
     *
     * @return the same instance, its version one higher; or {@link SessionError.VersionConflict} if the session was
     *     written since or another one was started under the key, {@link SessionError.AlreadyFinished},
     *     {@link SessionError.NotFound}
     * @throws IllegalStateException if the instance was never started or read
     */
    <S extends Session> SessionResult<S> update(S session);

    /**
     * Stores the session like {@link #update}, which advances the instance, and returns a fresh copy of what is now
     * stored.
     */
    <S extends Session> SessionResult<S> updateAndGet(S session);

    /**
     * Reads the running session, lets the consumer change it, and stores it if it was not written meanwhile; otherwise begins
     * again after a pause, a bounded number of times ({@code session-tracker.modify.attempts}). Reading and storing are one
     * atomic step each.
     *
     * <p>Changes that callers of this tracker want of one key at the same time share a write: one version, one event, and a
     * copy for each caller. They are made one after the other to the same session, each by its caller's thread, also while those
     * before them are being stored: a change to a state that is not stored after all is made again. A change that throws, or leaves
     * a state that cannot be stored, affects no other. A change that takes longer than a second while others wait is made again
     * after them. So callers of one tracker never make each other give up.
     *
     * <p>There is no instance to repeat this with: after a {@link SessionStoreException} the change may have been stored,
     * and a second call makes it once more. {@link #modify(Class, String, String, Consumer)} makes a change at most once.
     *
     * @param change may be called several times, each time with the state as it is then, or as a write under way makes it.
     *     What it throws because of a stored state is thrown, and nothing of it is stored. It must not modify the same
     *     key, and must not keep the session
     * @return what is now stored; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}, or
     *     {@link SessionError.VersionConflict} if other processes were faster every time, or if another session was
     *     started under the key meanwhile
     * @throws IllegalStateException if it is called from within a change of the same key
     * @throws SessionTrackerException if the thread is interrupted before its change has begun; nothing is changed
     */
    <S extends Session> SessionResult<S> modify(Class<S> type, String key, Consumer<? super S> change);

    /**
     * Modifies the running session like {@link #modify(Class, String, Consumer)}, at most once for an operation's id: if it was applied to
     * this session before, by whichever process, nothing is changed. So a message that is delivered again, or a call that is repeated after a
     * {@link SessionStoreException}, does no harm. The id is stored with the change, in the same step.
     *
     * <p>A session remembers its last 64 ids, for as long as it lives, also when it is finished and resumed; a new start under the key knows
     * none. Of each id a hash of 72 bits is kept.
     *
     * @param operationId any text that is not blank, such as a message's id
     * @return what is now stored: for a repetition the session as it is; or a failure as of {@code modify}
     * @throws IllegalArgumentException if the id is blank
     */
    <S extends Session> SessionResult<S> modify(
            Class<S> type, String key, String operationId, Consumer<? super S> change);

    /**
     * Modifies the running session like {@link #modify(Class, String, Consumer)}, or starts the supplied one with the change made to it. In
     * effect this is atomic: of several callers one starts the session, and every change is made to it once. A session that runs is read
     * and stored; if none does, it is started after a read that found none.
     *
     * @param supplier called each time that no session was found running; returns a new instance of exactly the given class with the given
     *     key
     * @param change as of {@code modify}
     * @return what is now stored; or a {@link SessionError.VersionConflict} as of {@code modify}, or {@link SessionError.InProgress}, if other
     *     processes were faster every time
     * @throws IllegalArgumentException if the supplied session has another class or key, or is not new
     */
    <S extends Session> SessionResult<S> modifyOrStart(
            Class<S> type, String key, Supplier<? extends S> supplier, Consumer<? super S> change);

    /**
     * Modifies or starts the session like {@link #modifyOrStart(Class, String, Supplier, Consumer)}, at most once for an operation's id and
     * a start; see {@link #modify(Class, String, String, Consumer)}. Once the session has ended, a repetition starts another one, with
     * the change made to it.
     */
    <S extends Session> SessionResult<S> modifyOrStart(
            Class<S> type, String key, String operationId, Supplier<? extends S> supplier, Consumer<? super S> change);

    /**
     * Moves the running session to the finished ones, where it replaces an earlier one of its key and gets the type's
     * finished lifetimes in place of its own. Its key is free for a new start at once.
     *
     * @return nothing; or {@link SessionError.NotFound}, {@link SessionError.AlreadyFinished}
     */
    <S extends Session> SessionResult<@Nullable Void> finish(Class<S> type, String key);

    /**
     * Finishes the session like {@link #finish(Class, String)}, but only if the running one has the instance's id and
     * version. The stored session is finished, without the instance's unsaved changes.
     *
     * @return nothing; or {@link SessionError.AlreadyFinished} if the finished session is this one, else {@link
     *     SessionError.VersionConflict}, or {@link SessionError.NotFound} if there is neither
     * @throws IllegalStateException if the instance was never started or read
     */
    <S extends Session> SessionResult<@Nullable Void> finish(S session);

    /** Finishes the session like {@link #finish(Class, String)}, and returns a fresh copy of it. */
    <S extends Session> SessionResult<S> finishAndGet(Class<S> type, String key);

    /** Finishes the session like {@link #finish(Session)}, and returns a fresh copy of it. */
    <S extends Session> SessionResult<S> finishAndGet(S session);

    /**
     * Moves the finished session back, with the same id and version. The running lifetimes of the type's settings start
     * anew, whatever options the session was started with.
     *
     * @return nothing; or {@link SessionError.AlreadyResumed} if one runs under the key, which stays as it is, or {@link
     *     SessionError.NotFound}
     */
    <S extends Session> SessionResult<@Nullable Void> resume(Class<S> type, String key);

    /**
     * Resumes the session like {@link #resume(Class, String)}, but only if the finished one has the instance's id and
     * version.
     *
     * @return nothing; or {@link SessionError.AlreadyResumed} if one runs under the key, {@link SessionError.NotFound},
     *     {@link SessionError.VersionConflict}
     * @throws IllegalStateException if the instance was never started or read
     */
    <S extends Session> SessionResult<@Nullable Void> resume(S session);

    /** Resumes the session like {@link #resume(Class, String)}, and returns a fresh copy of it. */
    <S extends Session> SessionResult<S> resumeAndGet(Class<S> type, String key);

    /** Resumes the session like {@link #resume(Session)}, and returns a fresh copy of it. */
    <S extends Session> SessionResult<S> resumeAndGet(S session);

    /**
     * Removes the running and the finished session of the key.
     *
     * @return nothing; or {@link SessionError.NotFound} if there was neither
     */
    <S extends Session> SessionResult<@Nullable Void> delete(Class<S> type, String key);

    /**
     * Removes the session, running or finished, that is at the instance's id and version; leaves another one of its key
     * alone.
     *
     * @return nothing; or {@link SessionError.VersionConflict} if there are only others, {@link SessionError.NotFound} if
     *     there are none
     * @throws IllegalStateException if the instance was never started or read
     */
    <S extends Session> SessionResult<@Nullable Void> delete(S session);

    /**
     * Acquires the lock of a session's key, with the lease and wait of the type's settings. The session need not exist,
     * and its expiration is not touched. Locks are advisory, not re-entrant, and not fair.
     *
     * @return the held lock; or {@link SessionError.LockNotAcquired}
     * @throws SessionTrackerException if the thread is interrupted while it waits; no lock is left behind, and the thread
     *     stays interrupted
     */
    <S extends Session> SessionResult<SessionLock> lock(Class<S> type, String key);

    /** Acquires the lock like {@link #lock(Class, String)}, with the given options. */
    <S extends Session> SessionResult<SessionLock> lock(Class<S> type, String key, LockOptions options);

    /** Acquires the lock of this session's key; see {@link #lock(Class, String)}. */
    <S extends Session> SessionResult<SessionLock> lock(S session);

    /** Acquires the lock of this session's key with the given options; see {@link #lock(Class, String)}. */
    <S extends Session> SessionResult<SessionLock> lock(S session, LockOptions options);

    /**
     * Acquires the lock, then reads the running session and restarts its sliding expiration. No lock is left behind
     * unless the call succeeds.
     *
     * @return a fresh copy and its lock; or {@link SessionError.LockNotAcquired}, {@link SessionError.NotFound}, {@link
     *     SessionError.AlreadyFinished}
     * @throws SessionTrackerException if the thread is interrupted while it waits; the thread stays interrupted
     */
    <S extends Session> SessionResult<LockedSession<S>> getLocked(Class<S> type, String key);

    /** Acquires the lock with the given options and reads the session; see {@link #getLocked(Class, String)}. */
    <S extends Session> SessionResult<LockedSession<S>> getLocked(Class<S> type, String key, LockOptions options);

    /**
     * Returns the number of running sessions of the type, without reading them; exact if none starts or ends meanwhile.
     *
     * @throws IllegalStateException if the type's sessions are not queryable, by {@code session-tracker.types.<type>.queryable}
     */
    <S extends Session> long count(Class<S> type);

    /**
     * Returns a query of all running sessions of the type.
     *
     * @throws IllegalStateException if the type's sessions are not queryable, by {@code session-tracker.types.<type>.queryable}
     */
    <S extends Session> SessionQuery<S> query(Class<S> type);

    /**
     * Runs this process's background sweep now, for all session types it knows: delivers reminders and expired sessions to
     * listeners, and removes index entries of sessions that are gone.
     *
     * @return the number of expired sessions that were delivered
     */
    @CanIgnoreReturnValue
    int expireSessions();
}
