package io.sessiontracker.kotlin

import io.sessiontracker.LockOptions
import io.sessiontracker.LockedSession
import io.sessiontracker.Session
import io.sessiontracker.SessionEntryOptions
import io.sessiontracker.SessionLock
import io.sessiontracker.SessionQuery
import io.sessiontracker.SessionResult
import io.sessiontracker.SessionTracker
import io.sessiontracker.SessionWatch
import io.sessiontracker.SessionWatcher
import java.time.Instant

/** See [SessionTracker.get]. */
public inline fun <reified S : Session> SessionTracker.get(key: String): SessionResult<S> = get(S::class.java, key)

/** See [SessionTracker.getAll]. */
public inline fun <reified S : Session> SessionTracker.getAll(keys: Collection<String>): Map<String, S> =
    getAll(S::class.java, keys)

/** See [SessionTracker.peek]. */
public inline fun <reified S : Session> SessionTracker.peek(key: String): SessionResult<S> = peek(S::class.java, key)

/** See [SessionTracker.watch]. */
public inline fun <reified S : Session> SessionTracker.watch(key: String, watcher: SessionWatcher<S>): SessionWatch =
    watch(S::class.java, key, watcher)

/** See [SessionTracker.getFinished]. */
public inline fun <reified S : Session> SessionTracker.getFinished(key: String): SessionResult<S> =
    getFinished(S::class.java, key)

/** See [SessionTracker.getOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> SessionTracker.getOrStart(
    key: String,
    crossinline create: (String) -> S,
): SessionResult<S> = getOrStart(S::class.java, key) { create(key) }

/** See [SessionTracker.refresh]. */
public inline fun <reified S : Session> SessionTracker.refresh(key: String): SessionResult<Void?> = refresh(S::class.java, key)

/** See [SessionTracker.expiresAt]. */
public inline fun <reified S : Session> SessionTracker.expiresAt(key: String): SessionResult<Instant> =
    expiresAt(S::class.java, key)

/** See [SessionTracker.expire]. */
public inline fun <reified S : Session> SessionTracker.expire(
    key: String,
    options: SessionEntryOptions,
): SessionResult<Instant> = expire(S::class.java, key, options)

/** See [SessionTracker.modify]. */
public inline fun <reified S : Session> SessionTracker.modify(
    key: String,
    crossinline change: S.() -> Unit,
): SessionResult<S> = modify(S::class.java, key) { it.change() }

/** See [SessionTracker.modify]. */
public inline fun <reified S : Session> SessionTracker.modify(
    key: String,
    operationId: String,
    crossinline change: S.() -> Unit,
): SessionResult<S> = modify(S::class.java, key, operationId) { it.change() }

/** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> SessionTracker.modifyOrStart(
    key: String,
    crossinline create: (String) -> S,
    crossinline change: S.() -> Unit,
): SessionResult<S> = modifyOrStart(S::class.java, key, { create(key) }) { it.change() }

/** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> SessionTracker.modifyOrStart(
    key: String,
    operationId: String,
    crossinline create: (String) -> S,
    crossinline change: S.() -> Unit,
): SessionResult<S> = modifyOrStart(S::class.java, key, operationId, { create(key) }) { it.change() }

/** See [SessionTracker.finish]. */
public inline fun <reified S : Session> SessionTracker.finish(key: String): SessionResult<Void?> = finish(S::class.java, key)

/** See [SessionTracker.finishAndGet]. */
public inline fun <reified S : Session> SessionTracker.finishAndGet(key: String): SessionResult<S> =
    finishAndGet(S::class.java, key)

/** See [SessionTracker.resume]. */
public inline fun <reified S : Session> SessionTracker.resume(key: String): SessionResult<Void?> = resume(S::class.java, key)

/** See [SessionTracker.resumeAndGet]. */
public inline fun <reified S : Session> SessionTracker.resumeAndGet(key: String): SessionResult<S> =
    resumeAndGet(S::class.java, key)

/** See [SessionTracker.delete]. */
public inline fun <reified S : Session> SessionTracker.delete(key: String): SessionResult<Void?> = delete(S::class.java, key)

/** See [SessionTracker.lock]. */
public inline fun <reified S : Session> SessionTracker.lock(
    key: String,
    options: LockOptions = LockOptions.defaults(),
): SessionResult<SessionLock> = lock(S::class.java, key, options)

/** See [SessionTracker.getLocked]. */
public inline fun <reified S : Session> SessionTracker.getLocked(
    key: String,
    options: LockOptions = LockOptions.defaults(),
): SessionResult<LockedSession<S>> = getLocked(S::class.java, key, options)

/** See [SessionTracker.count]. */
public inline fun <reified S : Session> SessionTracker.count(): Long = count(S::class.java)

/** See [SessionTracker.query]. */
public inline fun <reified S : Session> SessionTracker.query(): SessionQuery<S> = query(S::class.java)
