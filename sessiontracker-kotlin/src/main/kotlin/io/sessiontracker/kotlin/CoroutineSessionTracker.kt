package io.sessiontracker.kotlin

import io.sessiontracker.AsyncLockedSession
import io.sessiontracker.AsyncSessionLock
import io.sessiontracker.AsyncSessionQuery
import io.sessiontracker.AsyncSessionTracker
import io.sessiontracker.LockOptions
import io.sessiontracker.Session
import io.sessiontracker.SessionEntryOptions
import io.sessiontracker.SessionResult
import io.sessiontracker.SessionTracker
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.future.await
import kotlinx.coroutines.withContext
import java.time.Instant

/**
 * [SessionTracker] for coroutines: the same operations on the same sessions with the same results, and no thread waits for the
 * store or for a lock. Safe for any number of coroutines and threads.
 *
 * What [SessionTracker] throws is thrown. What the application gives (functions that create or change a session, listeners) is
 * called by a worker of the [async] API.
 *
 * Cancelling a coroutine that waits for a lock withdraws the request, and a lock that is granted nevertheless is released;
 * cancelling one that waits in [modify] drops its change unless that has begun; any other cancellation changes nothing about
 * what was sent.
 *
 * @property async the API that this one calls; where the session's class is no reified type, call it and `await()`
 */
public class CoroutineSessionTracker(public val async: AsyncSessionTracker) {
    /** See [SessionTracker.start]. */
    public suspend fun <S : Session> start(session: S): SessionResult<S> = async.start(session).await()

    /** See [SessionTracker.start]. */
    public suspend fun <S : Session> start(session: S, options: SessionEntryOptions): SessionResult<S> =
        async.start(session, options).await()

    /** See [SessionTracker.getOrStart]. [create] gets the key: `::Cart`. */
    public suspend inline fun <reified S : Session> getOrStart(
        key: String,
        crossinline create: (String) -> S,
    ): SessionResult<S> = async.getOrStart<S>(key, create).await()

    /** See [SessionTracker.get]. */
    public suspend inline fun <reified S : Session> get(key: String): SessionResult<S> = async.get<S>(key).await()

    /** See [SessionTracker.getAll]. */
    public suspend inline fun <reified S : Session> getAll(keys: Collection<String>): Map<String, S> =
        async.getAll<S>(keys).await()

    /** See [SessionTracker.peek]. */
    public suspend inline fun <reified S : Session> peek(key: String): SessionResult<S> = async.peek<S>(key).await()

    /**
     * Returns a flow of the session's states until it ends. Each collection watches on its own, until it is cancelled; a slow one gets
     * the latest state. See [SessionTracker.watch].
     */
    public inline fun <reified S : Session> watch(key: String): Flow<S> = async.states(S::class.java, key)

    /** See [SessionTracker.getFinished]. */
    public suspend inline fun <reified S : Session> getFinished(key: String): SessionResult<S> =
        async.getFinished<S>(key).await()

    /** See [SessionTracker.refresh]. */
    public suspend inline fun <reified S : Session> refresh(key: String): SessionResult<Void?> = async.refresh<S>(key).await()

    /** See [SessionTracker.refresh]. */
    public suspend fun <S : Session> refresh(session: S): SessionResult<Void?> = async.refresh(session).await()

    /** See [SessionTracker.expiresAt]. */
    public suspend inline fun <reified S : Session> expiresAt(key: String): SessionResult<Instant> =
        async.expiresAt<S>(key).await()

    /** See [SessionTracker.expiresAt]. */
    public suspend fun <S : Session> expiresAt(session: S): SessionResult<Instant> = async.expiresAt(session).await()

    /** See [SessionTracker.expire]. */
    public suspend inline fun <reified S : Session> expire(key: String, options: SessionEntryOptions): SessionResult<Instant> =
        async.expire<S>(key, options).await()

    /** See [SessionTracker.expire]. */
    public suspend fun <S : Session> expire(session: S, options: SessionEntryOptions): SessionResult<Instant> =
        async.expire(session, options).await()

    /** See [SessionTracker.update]. */
    public suspend fun <S : Session> update(session: S): SessionResult<S> = async.update(session).await()

    /** See [SessionTracker.updateAndGet]. */
    public suspend fun <S : Session> updateAndGet(session: S): SessionResult<S> = async.updateAndGet(session).await()

    /** See [SessionTracker.modify]. */
    public suspend inline fun <reified S : Session> modify(key: String, crossinline change: S.() -> Unit): SessionResult<S> =
        async.modify<S>(key, change).await()

    /** See [SessionTracker.modify]. */
    public suspend inline fun <reified S : Session> modify(
        key: String,
        operationId: String,
        crossinline change: S.() -> Unit,
    ): SessionResult<S> = async.modify<S>(key, operationId, change).await()

    /** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
    public suspend inline fun <reified S : Session> modifyOrStart(
        key: String,
        crossinline create: (String) -> S,
        crossinline change: S.() -> Unit,
    ): SessionResult<S> = async.modifyOrStart<S>(key, create, change).await()

    /** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
    public suspend inline fun <reified S : Session> modifyOrStart(
        key: String,
        operationId: String,
        crossinline create: (String) -> S,
        crossinline change: S.() -> Unit,
    ): SessionResult<S> = async.modifyOrStart<S>(key, operationId, create, change).await()

    /** See [SessionTracker.finish]. */
    public suspend inline fun <reified S : Session> finish(key: String): SessionResult<Void?> = async.finish<S>(key).await()

    /** See [SessionTracker.finish]. */
    public suspend fun <S : Session> finish(session: S): SessionResult<Void?> = async.finish(session).await()

    /** See [SessionTracker.finishAndGet]. */
    public suspend inline fun <reified S : Session> finishAndGet(key: String): SessionResult<S> =
        async.finishAndGet<S>(key).await()

    /** See [SessionTracker.finishAndGet]. */
    public suspend fun <S : Session> finishAndGet(session: S): SessionResult<S> = async.finishAndGet(session).await()

    /** See [SessionTracker.resume]. */
    public suspend inline fun <reified S : Session> resume(key: String): SessionResult<Void?> = async.resume<S>(key).await()

    /** See [SessionTracker.resume]. */
    public suspend fun <S : Session> resume(session: S): SessionResult<Void?> = async.resume(session).await()

    /** See [SessionTracker.resumeAndGet]. */
    public suspend inline fun <reified S : Session> resumeAndGet(key: String): SessionResult<S> =
        async.resumeAndGet<S>(key).await()

    /** See [SessionTracker.resumeAndGet]. */
    public suspend fun <S : Session> resumeAndGet(session: S): SessionResult<S> = async.resumeAndGet(session).await()

    /** See [SessionTracker.delete]. */
    public suspend inline fun <reified S : Session> delete(key: String): SessionResult<Void?> = async.delete<S>(key).await()

    /** See [SessionTracker.delete]. */
    public suspend fun <S : Session> delete(session: S): SessionResult<Void?> = async.delete(session).await()

    /** See [SessionTracker.lock]. Release it in a `finally`, where [AsyncSessionLock.release] need not be awaited. */
    public suspend inline fun <reified S : Session> lock(
        key: String,
        options: LockOptions = LockOptions.defaults(),
    ): SessionResult<AsyncSessionLock> = async.lock<S>(key, options).awaitLock { it.release() }

    /** See [SessionTracker.lock]. Release it in a `finally`, where [AsyncSessionLock.release] need not be awaited. */
    public suspend fun <S : Session> lock(
        session: S,
        options: LockOptions = LockOptions.defaults(),
    ): SessionResult<AsyncSessionLock> = async.lock(session, options).awaitLock { it.release() }

    /** See [SessionTracker.getLocked]. Release it in a `finally`, or use [withLocked], which does. */
    public suspend inline fun <reified S : Session> getLocked(
        key: String,
        options: LockOptions = LockOptions.defaults(),
    ): SessionResult<AsyncLockedSession<S>> = async.getLocked<S>(key, options).awaitLock { it.release() }

    /**
     * Calls the block with the session and its lock held, and releases the lock when the block ends, however it ends. Does not
     * store the session.
     *
     * @return what the block returns, or why the session was not locked; what the block throws is thrown
     */
    public suspend inline fun <reified S : Session, R> withLocked(
        key: String,
        options: LockOptions = LockOptions.defaults(),
        block: (S) -> R,
    ): SessionResult<R> {
        val locked = getLocked<S>(key, options).getOrElse { return SessionResult.Failure(it) }
        try {
            return SessionResult.Success(block(locked.session()))
        } finally {
            withContext(NonCancellable) { locked.release().await() }
        }
    }

    /** See [SessionTracker.count]. */
    public suspend inline fun <reified S : Session> count(): Long = async.count<S>().await()

    /** See [SessionTracker.query]. The sessions are a flow by [asFlow]. */
    public inline fun <reified S : Session> query(): AsyncSessionQuery<S> = async.query<S>()

    /** See [SessionTracker.expireSessions]. A worker does it, and waits for the store in between. */
    public suspend fun expireSessions(): Int = async.expireSessions().await()
}
