package io.sessiontracker.kotlin

import io.sessiontracker.LockOptions
import io.sessiontracker.Session
import io.sessiontracker.SessionEntryOptions
import io.sessiontracker.SessionResult
import io.sessiontracker.SessionTracker
import io.sessiontracker.reactive.ReactiveLockedSession
import io.sessiontracker.reactive.ReactiveSessionLock
import io.sessiontracker.reactive.ReactiveSessionQuery
import io.sessiontracker.reactive.ReactiveSessionTracker
import reactor.core.publisher.Flux
import reactor.core.publisher.Mono
import java.time.Instant

/** See [SessionTracker.get]. */
public inline fun <reified S : Session> ReactiveSessionTracker.get(key: String): Mono<SessionResult<S>> =
    get(S::class.java, key)

/** See [SessionTracker.getAll]. */
public inline fun <reified S : Session> ReactiveSessionTracker.getAll(keys: Collection<String>): Mono<Map<String, S>> =
    getAll(S::class.java, keys)

/** See [SessionTracker.peek]. */
public inline fun <reified S : Session> ReactiveSessionTracker.peek(key: String): Mono<SessionResult<S>> =
    peek(S::class.java, key)

/** See [SessionTracker.watch]. */
public inline fun <reified S : Session> ReactiveSessionTracker.watch(key: String): Flux<S> = watch(S::class.java, key)

/** See [SessionTracker.getFinished]. */
public inline fun <reified S : Session> ReactiveSessionTracker.getFinished(key: String): Mono<SessionResult<S>> =
    getFinished(S::class.java, key)

/** See [SessionTracker.getOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> ReactiveSessionTracker.getOrStart(
    key: String,
    crossinline create: (String) -> S,
): Mono<SessionResult<S>> = getOrStart(S::class.java, key) { create(key) }

/** See [SessionTracker.refresh]. */
public inline fun <reified S : Session> ReactiveSessionTracker.refresh(key: String): Mono<SessionResult<Void?>> =
    refresh(S::class.java, key)

/** See [SessionTracker.expiresAt]. */
public inline fun <reified S : Session> ReactiveSessionTracker.expiresAt(key: String): Mono<SessionResult<Instant>> =
    expiresAt(S::class.java, key)

/** See [SessionTracker.expire]. */
public inline fun <reified S : Session> ReactiveSessionTracker.expire(
    key: String,
    options: SessionEntryOptions,
): Mono<SessionResult<Instant>> = expire(S::class.java, key, options)

/** See [SessionTracker.modify]. */
public inline fun <reified S : Session> ReactiveSessionTracker.modify(
    key: String,
    crossinline change: S.() -> Unit,
): Mono<SessionResult<S>> = modify(S::class.java, key) { it.change() }

/** See [SessionTracker.modify]. */
public inline fun <reified S : Session> ReactiveSessionTracker.modify(
    key: String,
    operationId: String,
    crossinline change: S.() -> Unit,
): Mono<SessionResult<S>> = modify(S::class.java, key, operationId) { it.change() }

/** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> ReactiveSessionTracker.modifyOrStart(
    key: String,
    crossinline create: (String) -> S,
    crossinline change: S.() -> Unit,
): Mono<SessionResult<S>> = modifyOrStart(S::class.java, key, { create(key) }) { it.change() }

/** See [SessionTracker.modifyOrStart]. [create] gets the key: `::Cart`. */
public inline fun <reified S : Session> ReactiveSessionTracker.modifyOrStart(
    key: String,
    operationId: String,
    crossinline create: (String) -> S,
    crossinline change: S.() -> Unit,
): Mono<SessionResult<S>> = modifyOrStart(S::class.java, key, operationId, { create(key) }) { it.change() }

/** See [SessionTracker.finish]. */
public inline fun <reified S : Session> ReactiveSessionTracker.finish(key: String): Mono<SessionResult<Void?>> =
    finish(S::class.java, key)

/** See [SessionTracker.finishAndGet]. */
public inline fun <reified S : Session> ReactiveSessionTracker.finishAndGet(key: String): Mono<SessionResult<S>> =
    finishAndGet(S::class.java, key)

/** See [SessionTracker.resume]. */
public inline fun <reified S : Session> ReactiveSessionTracker.resume(key: String): Mono<SessionResult<Void?>> =
    resume(S::class.java, key)

/** See [SessionTracker.resumeAndGet]. */
public inline fun <reified S : Session> ReactiveSessionTracker.resumeAndGet(key: String): Mono<SessionResult<S>> =
    resumeAndGet(S::class.java, key)

/** See [SessionTracker.delete]. */
public inline fun <reified S : Session> ReactiveSessionTracker.delete(key: String): Mono<SessionResult<Void?>> =
    delete(S::class.java, key)

/** See [SessionTracker.lock]. */
public inline fun <reified S : Session> ReactiveSessionTracker.lock(
    key: String,
    options: LockOptions = LockOptions.defaults(),
): Mono<SessionResult<ReactiveSessionLock>> = lock(S::class.java, key, options)

/** See [SessionTracker.getLocked]. */
public inline fun <reified S : Session> ReactiveSessionTracker.getLocked(
    key: String,
    options: LockOptions = LockOptions.defaults(),
): Mono<SessionResult<ReactiveLockedSession<S>>> = getLocked(S::class.java, key, options)

/** See [SessionTracker.count]. */
public inline fun <reified S : Session> ReactiveSessionTracker.count(): Mono<Long> = count(S::class.java)

/** See [SessionTracker.query]. */
public inline fun <reified S : Session> ReactiveSessionTracker.query(): ReactiveSessionQuery<S> = query(S::class.java)
