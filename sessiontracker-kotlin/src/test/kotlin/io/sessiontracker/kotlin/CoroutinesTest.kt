package io.sessiontracker.kotlin

import io.sessiontracker.LockOptions
import io.sessiontracker.SessionError
import io.sessiontracker.SessionResult
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Job
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.coroutines.CoroutineContext

/** The suspending functions, in memory and in Redis: nothing blocks, and a cancelled coroutine leaves no lock. */
class CoroutinesTest {
    @ParameterizedTest
    @EnumSource
    fun shouldTakeSessionFromStartToEnd(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Cart("ann")).orElseThrow()
        assertThat(tracker.start(Cart("ann")).failure().get()).isInstanceOf(SessionError.InProgress::class.java)
        tracker.modify<Cart>("ann") { articles += "tea" }.orElseThrow()
        val cart = tracker.get<Cart>("ann").orElseThrow()
        cart.coupon = "c-1"
        tracker.update(cart).orElseThrow()
        assertThat(tracker.count<Cart>()).isEqualTo(1)
        assertThat(tracker.finishAndGet<Cart>("ann").orElseThrow().coupon).isEqualTo("c-1")
        assertThat(tracker.get<Cart>("ann").failure().get()).isInstanceOf(SessionError.AlreadyFinished::class.java)
        tracker.delete<Cart>("ann").orElseThrow()
    }

    @ParameterizedTest
    @EnumSource
    fun shouldHoldLockDuringBlock(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Cart("bob")).orElseThrow()
        val result = tracker.withLocked("bob") { cart: Cart ->
            assertThat(tracker.lock<Cart>("bob").failure().get()).isInstanceOf(SessionError.LockNotAcquired::class.java)
            cart.key
        }
        assertThat(result).isEqualTo(SessionResult.Success("bob"))
        assertFree(tracker, "bob")
        tracker.delete<Cart>("bob").orElseThrow()
    }

    @ParameterizedTest
    @EnumSource
    fun shouldReleaseLockIfBlockThrows(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Cart("cid")).orElseThrow()
        assertThatThrownBy {
            runBlocking { tracker.withLocked<Cart, Unit>("cid") { throw IllegalArgumentException("no such address") } }
        }.isInstanceOf(IllegalArgumentException::class.java).hasMessage("no such address")
        assertFree(tracker, "cid")
        tracker.delete<Cart>("cid").orElseThrow()
    }

    @ParameterizedTest
    @EnumSource
    fun shouldReleaseLockIfCancelled(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Cart("dan")).orElseThrow()
        val begun = CompletableDeferred<Unit>()
        val job = launch {
            tracker.withLocked<Cart, Unit>("dan") {
                begun.complete(Unit)
                awaitCancellation()
            }
        }
        begun.await()
        job.cancelAndJoin()
        assertFree(tracker, "dan")
        tracker.delete<Cart>("dan").orElseThrow()
    }

    @ParameterizedTest
    @EnumSource
    fun shouldWithdrawRequestIfCancelled(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Cart("eve")).orElseThrow()
        val held = tracker.lock<Cart>("eve").orElseThrow()
        val waiting = async(start = CoroutineStart.UNDISPATCHED) { tracker.lock<Cart>("eve", PATIENT) }
        waiting.cancelAndJoin()
        held.release()
        // Waits while the cancelled request would hold the lock.
        tracker.lock<Cart>("eve", LockOptions.waitFor(Duration.ofSeconds(20))).orElseThrow().release()
        tracker.delete<Cart>("eve").orElseThrow()
    }

    @ParameterizedTest
    @EnumSource
    fun shouldWatchSessionUntilItEnds(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Cart("pat")).orElseThrow()
        val articles = mutableListOf<List<String>>()
        tracker.watch<Cart>("pat").collect { cart ->
            articles += cart.articles
            when (articles.size) {
                1 -> tracker.modify<Cart>("pat") { this.articles += "tea" }.orElseThrow()
                else -> tracker.delete<Cart>("pat").orElseThrow()
            }
        }
        assertThat(articles).containsExactly(emptyList(), listOf("tea"))
        assertThat(tracker.watch<Cart>("pat").toList()).isEmpty()
    }

    @Test
    fun shouldCancelRequestOfCancelledCoroutine() = run {
        val request = CompletableFuture<SessionResult<String>>()
        val waiting = launch(start = CoroutineStart.UNDISPATCHED) { request.awaitLock { } }
        waiting.cancelAndJoin()
        assertThat(request).isCancelled()
    }

    @Test
    fun shouldReleaseLockGrantedToCancelledCoroutine() = run {
        val dispatcher = ManualDispatcher()
        val granted = CompletableFuture<SessionResult<String>>()
        val released = mutableListOf<String>()
        val job = CoroutineScope(dispatcher + Job()).launch { granted.awaitLock { released += it } }
        dispatcher.runAll()

        granted.complete(SessionResult.Success("lock"))
        job.cancel()
        dispatcher.runAll()

        assertThat(job.isCancelled).isTrue()
        assertThat(released).containsExactly("lock")
    }

    @ParameterizedTest
    @EnumSource
    fun shouldReportWhyBlockWasNotCalled(store: Store) = run {
        val result = store.coroutines.withLocked<Cart, Unit>("nobody") { throw AssertionError("called") }
        assertThat(result.failure().get()).isInstanceOf(SessionError.NotFound::class.java)
    }

    @ParameterizedTest
    @EnumSource
    fun shouldReadQueryAsFlow(store: Store) = run {
        val tracker = store.coroutines
        val keys = (1..7).map { "flow-$it" }
        keys.forEach { key ->
            tracker.start(Cart(key).apply { properties["tenant"] = "acme" }).orElseThrow()
        }
        val flow = tracker.query<Cart>().where("tenant is 'acme'").pageSize(3).asFlow()

        assertThat(flow.toList().map { it.key }).containsExactlyInAnyOrderElementsOf(keys)
        assertThat(flow.take(2).toList()).hasSize(2)
        assertThat(SuspendingCarts(store.bean()).customersOf("acme").toList()).hasSize(7)
        assertThat(SuspendingCarts(store.bean()).customersOf("other").toList()).isEmpty()
        keys.forEach { tracker.delete<Cart>(it).orElseThrow() }
    }

    @ParameterizedTest
    @EnumSource
    fun shouldRunExamples(store: Store) = run {
        val carts = SuspendingCarts(store.bean())
        carts.add("fay", "tea")
        assertThat(carts.add("fay", "cups")).containsExactly("tea", "cups")
        assertThat(carts.order("fay")).isEqualTo(2)
        assertThat(store.coroutines.getFinished<Cart>("fay").orElseThrow().articles).hasSize(2)
        store.coroutines.delete<Cart>("fay").orElseThrow()
    }

    @ParameterizedTest
    @EnumSource
    fun shouldStoreDataClass(store: Store) = run {
        val tracker = store.coroutines
        tracker.start(Order("o-1", listOf(Order.Line("tea", 2)))).orElseThrow()
        tracker.modify<Order>("o-1") { note = "ring twice" }.orElseThrow()
        val read = tracker.get<Order>("o-1").orElseThrow()
        assertThat(read).isEqualTo(Order("o-1", listOf(Order.Line("tea", 2)), "ring twice"))
        assertThat(read.version).isEqualTo(2)
        tracker.delete<Order>("o-1").orElseThrow()
    }

    private suspend fun assertFree(tracker: CoroutineSessionTracker, key: String) {
        tracker.lock<Cart>(key).orElseThrow().release()
    }

    private fun run(test: suspend CoroutineScope.() -> Unit) = runBlocking { withTimeout(60_000) { test() } }

    /** Runs what is dispatched when it is asked to. */
    private class ManualDispatcher : CoroutineDispatcher() {
        private val tasks = ConcurrentLinkedQueue<Runnable>()

        override fun dispatch(context: CoroutineContext, block: Runnable) {
            tasks += block
        }

        fun runAll() {
            while (true) {
                (tasks.poll() ?: return).run()
            }
        }
    }

    private companion object {
        val PATIENT: LockOptions = LockOptions.waitFor(Duration.ofMinutes(10)).withLease(Duration.ofMinutes(10))
    }
}
