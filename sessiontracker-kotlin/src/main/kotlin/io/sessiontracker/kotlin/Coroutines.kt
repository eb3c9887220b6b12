package io.sessiontracker.kotlin

import io.sessiontracker.AsyncSessionQuery
import io.sessiontracker.AsyncSessionTracker
import io.sessiontracker.Session
import io.sessiontracker.SessionResult
import kotlinx.coroutines.flow.Flow
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
