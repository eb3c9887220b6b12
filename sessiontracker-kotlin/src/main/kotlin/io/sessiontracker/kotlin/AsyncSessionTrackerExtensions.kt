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
import io.sessiontracker.SessionWatch
import io.sessiontracker.SessionWatcher
import java.time.Instant
import java.util.concurrent.CompletableFuture

/** See [SessionTracker.get]. */
public inline fun <reified S : Session> AsyncSessionTracker.get(key: String): CompletableFuture<SessionResult<S>> =
    get(S::class.java, key)

/** See [SessionTracker.getAll]. */
public inline fun <reified S : Session> AsyncSessionTracker.getAll(
    keys: Collection<String>,
): CompletableFuture<Map<String, S>> = getAll(S::class.java, keys)

/** See [SessionTracker.peek]. */
public inline fun <reified S : Session> AsyncSessionTracker.peek(key: String): CompletableFuture<SessionResult<S>> =
    peek(S::class.java, key)

/** See [SessionTracker.watch]. */
public inline fun <reified S : Session> AsyncSessionTracker.watch(key: String, watcher: SessionWatcher<S>): SessionWatch =
    watch(S::class.java, key, watcher)

/** See [SessionTracker.getFinished]. */
public inline fun <reified S : Session> AsyncSessionTracker.getFinished(key: String): CompletableFuture<SessionResult<S>> =
    getFinished(S::class.java, key)

/** See [SessionTracker.getOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> AsyncSessionTracker.getOrStart(
    key: String,
    crossinline create: (String) -> S,
): CompletableFuture<SessionResult<S>> = getOrStart(S::class.java, key) { create(key) }

/** See [SessionTracker.refresh]. */
public inline fun <reified S : Session> AsyncSessionTracker.refresh(key: String): CompletableFuture<SessionResult<Void?>> =
    refresh(S::class.java, key)

/** See [SessionTracker.expiresAt]. */
public inline fun <reified S : Session> AsyncSessionTracker.expiresAt(key: String): CompletableFuture<SessionResult<Instant>> =
    expiresAt(S::class.java, key)

/** See [SessionTracker.expire]. */
public inline fun <reified S : Session> AsyncSessionTracker.expire(
    key: String,
    options: SessionEntryOptions,
): CompletableFuture<SessionResult<Instant>> = expire(S::class.java, key, options)

/** See [SessionTracker.modify]. */
public inline fun <reified S : Session> AsyncSessionTracker.modify(
    key: String,
    crossinline change: S.() -> Unit,
): CompletableFuture<SessionResult<S>> = modify(S::class.java, key) { it.change() }

/** See [SessionTracker.modify]. */
public inline fun <reified S : Session> AsyncSessionTracker.modify(
    key: String,
    operationId: String,
    crossinline change: S.() -> Unit,
): CompletableFuture<SessionResult<S>> = modify(S::class.java, key, operationId) { it.change() }

/** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> AsyncSessionTracker.modifyOrStart(
    key: String,
    crossinline create: (String) -> S,
    crossinline change: S.() -> Unit,
): CompletableFuture<SessionResult<S>> = modifyOrStart(S::class.java, key, { create(key) }) { it.change() }

/** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> AsyncSessionTracker.modifyOrStart(
    key: String,
    operationId: String,
    crossinline create: (String) -> S,
    crossinline change: S.() -> Unit,
): CompletableFuture<SessionResult<S>> = modifyOrStart(S::class.java, key, operationId, { create(key) }) { it.change() }

/** See [SessionTracker.finish]. */
public inline fun <reified S : Session> AsyncSessionTracker.finish(key: String): CompletableFuture<SessionResult<Void?>> =
    finish(S::class.java, key)

/** See [SessionTracker.finishAndGet]. */
public inline fun <reified S : Session> AsyncSessionTracker.finishAndGet(key: String): CompletableFuture<SessionResult<S>> =
    finishAndGet(S::class.java, key)

/** See [SessionTracker.resume]. */
public inline fun <reified S : Session> AsyncSessionTracker.resume(key: String): CompletableFuture<SessionResult<Void?>> =
    resume(S::class.java, key)

/** See [SessionTracker.resumeAndGet]. */
public inline fun <reified S : Session> AsyncSessionTracker.resumeAndGet(key: String): CompletableFuture<SessionResult<S>> =
    resumeAndGet(S::class.java, key)

/** See [SessionTracker.delete]. */
public inline fun <reified S : Session> AsyncSessionTracker.delete(key: String): CompletableFuture<SessionResult<Void?>> =
    delete(S::class.java, key)

/** See [SessionTracker.lock]. */
public inline fun <reified S : Session> AsyncSessionTracker.lock(
    key: String,
    options: LockOptions = LockOptions.defaults(),
): CompletableFuture<SessionResult<AsyncSessionLock>> = lock(S::class.java, key, options)

/** See [SessionTracker.getLocked]. */
public inline fun <reified S : Session> AsyncSessionTracker.getLocked(
    key: String,
    options: LockOptions = LockOptions.defaults(),
): CompletableFuture<SessionResult<AsyncLockedSession<S>>> = getLocked(S::class.java, key, options)

/** See [SessionTracker.count]. */
public inline fun <reified S : Session> AsyncSessionTracker.count(): CompletableFuture<Long> = count(S::class.java)

/** See [SessionTracker.query]. */
public inline fun <reified S : Session> AsyncSessionTracker.query(): AsyncSessionQuery<S> = query(S::class.java)
