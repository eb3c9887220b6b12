package io.sessiontracker.kotlin

import io.sessiontracker.SessionError
import io.sessiontracker.WithSession
import io.sessiontracker.WithSessionException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.springframework.stereotype.Service

@Service
class Orders {
    @WithSession(key = "#customer")
    suspend fun add(customer: String, article: String, cart: Cart? = null): Int {
        yield()
        cart!!.articles += article
        return cart.articles.size
    }

    @WithSession(key = "#customer", lock = true)
    suspend fun addLocked(customer: String, cart: Cart? = null, work: suspend (Cart) -> Unit) {
        work(cart!!)
    }

    @WithSession(key = "#customer")
    fun articles(customer: String, cart: Cart? = null): Flow<String> = flow {
        cart!!.coupon = "seen"
        cart.articles.forEach { emit(it) }
    }

    fun readOwn(customer: String) = read(customer)

    @WithSession(key = "#customer")
    fun read(customer: String, cart: Cart? = null) = cart!!.articles
}

/** Suspending functions and flows with `@WithSession`. */
class SuspendingWithSessionTest {
    private val tracker = Store.MEMORY.blocking
    private val orders = Store.MEMORY.bean<Orders>()

    @BeforeEach
    fun start() {
        tracker.start(Cart("sue")).orElseThrow()
    }

    @AfterEach
    fun end() {
        tracker.delete<Cart>("sue").orElseThrow()
    }

    @Test
    fun shouldStoreSessionOfSuspendingFunction() = run {
        assertThat(orders.add("sue", "tea")).isEqualTo(1)
        assertThat(orders.add("sue", "cups")).isEqualTo(2)
        assertThat(stored().articles).containsExactly("tea", "cups")
    }

    @Test
    fun shouldHoldLockWhileSuspended() = run {
        orders.addLocked("sue") { cart ->
            yield()
            assertThat(tracker.lock<Cart>("sue").isFailure).isTrue()
            cart.coupon = "c-1"
        }
        assertThat(stored().coupon).isEqualTo("c-1")
        assertFree()
    }

    @Test
    fun shouldJoinLockOfOuterFunctionOnAnotherThread() = run {
        orders.addLocked("sue") { outer ->
            withContext(Dispatchers.IO) {
                orders.addLocked("sue") { inner ->
                    assertThat(inner).isSameAs(outer)
                    inner.coupon = "inner"
                }
            }
        }
        assertThat(stored().coupon).isEqualTo("inner")
        assertFree()
    }

    @Test
    fun shouldThrowWhatFunctionThrows() {
        val thrown = IllegalArgumentException("no such address")
        assertThatThrownBy { run { orders.addLocked("sue") { throw thrown } } }
            .isInstanceOf(IllegalArgumentException::class.java)
            .hasMessage("no such address")
        assertFree()
    }

    @Test
    fun shouldReleaseLockAndStoreNothingIfCancelled() = run {
        val begun = CompletableDeferred<Unit>()
        val job = launch {
            orders.addLocked("sue") { cart ->
                cart.coupon = "lost"
                begun.complete(Unit)
                awaitCancellation()
            }
        }
        begun.await()
        job.cancelAndJoin()
        Store.MEMORY.coroutines.lock<Cart>("sue", io.sessiontracker.LockOptions.waitFor(java.time.Duration.ofSeconds(50)))
            .orElseThrow()
            .release()
        assertThat(stored().coupon).isNull()
    }

    @Test
    fun shouldThrowForMissingSession() {
        assertThatThrownBy { run { orders.add("nobody", "tea") } }
            .isInstanceOfSatisfying(WithSessionException::class.java) {
                assertThat(it.error()).isInstanceOf(SessionError.NotFound::class.java)
            }
    }

    @Test
    fun shouldStoreSessionWhenFlowIsCollected() = run {
        orders.add("sue", "tea")
        val articles = orders.articles("sue")
        assertThat(stored().coupon).isNull()

        assertThat(articles.toList()).containsExactly("tea")
        assertThat(stored().coupon).isEqualTo("seen")
    }

    @Test
    fun shouldStartSession() = run {
        val shipping = Store.MEMORY.bean<Shipping>()
        assertThat(shipping.ship("tom", "tea")).containsExactly("tea")
        assertThat(shipping.ship("tom", "cups")).containsExactly("tea", "cups")
        tracker.delete<Cart>("tom").orElseThrow()
    }

    @Test
    fun shouldExplainSelfCall() {
        assertThatThrownBy { orders.readOwn("sue") }
            .isInstanceOf(IllegalStateException::class.java)
            .hasMessageContaining("was called from its own class")
    }

    private fun stored() = tracker.peek<Cart>("sue").orElseThrow()

    private fun assertFree() = tracker.lock<Cart>("sue").orElseThrow().close()

    private fun run(test: suspend CoroutineScope.() -> Unit) = runBlocking { withTimeout(60_000) { test() } }
}
