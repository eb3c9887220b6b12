package io.sessiontracker.kotlin

import io.sessiontracker.AsyncSessionQuery
import io.sessiontracker.AsyncSessionTracker
import io.sessiontracker.Session
import io.sessiontracker.SessionResult
import io.sessiontracker.SessionWatcher
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.future.await
import kotlinx.coroutines.suspendCancellableCoroutine
import java.util.concurrent.CompletableFuture
import kotlin.coroutines.resumeWithException

/** Returns the API of this tracker for coroutines. */
public fun AsyncSessionTracker.coroutines(): CoroutineSessionTracker = CoroutineSessionTracker(this)

/**
 * Returns a flow of the sessions that the query finds, read page by page as they are collected. Each collection reads anew. See
 * [io.sessiontracker.SessionQuery.stream].
 */
public fun <S : Session> AsyncSessionQuery<S>.asFlow(): Flow<S> = flow {
    var query: AsyncSessionQuery<S>? = this@asFlow
    while (query != null) {
        val page = query.page().await()
        page.sessions().forEach { emit(it) }
        query = page.nextCursor()?.let { after(it) }
    }
}

@PublishedApi
internal fun <S : Session> AsyncSessionTracker.states(type: Class<S>, key: String): Flow<S> = callbackFlow {
    val watcher = object : SessionWatcher<S> {
        override fun onChange(session: S) {
            trySend(session)
        }

        override fun onEnd() {
            close()
        }

        override fun onFailure(failure: RuntimeException) {
            close(failure)
        }
    }
    val watch = watch(type, key, watcher)
    awaitClose { watch.close() }
}.conflate()

/**
 * Waits for a lock. A coroutine that is cancelled withdraws the request, and [release]s a lock that it does not get any more: one
 * that is granted between the cancellation and the coroutine's continuation.
 */
@PublishedApi
internal suspend fun <T : Any> CompletableFuture<SessionResult<T>>.awaitLock(release: (T) -> Unit): SessionResult<T> =
    suspendCancellableCoroutine { continuation ->
        continuation.invokeOnCancellation { cancel(false) }
        whenComplete { result, failure ->
            if (failure == null) {
                continuation.resume(result) { _, unused, _ -> unused.ifSuccess(release) }
            } else {
                continuation.resumeWithException(failure)
            }
        }
    }
