package io.sessiontracker.kotlin

import io.sessiontracker.AsyncSessionTracker
import io.sessiontracker.LockOptions
import io.sessiontracker.SessionEntryOptions
import io.sessiontracker.SessionError
import io.sessiontracker.reactive.ReactiveSessionTracker
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import java.lang.reflect.Method
import java.time.Duration

/** The session's class as a type argument, on the blocking, the async and the reactive API. */
class ReifiedFunctionsTest {
    private val tracker = Store.MEMORY.blocking
    private val async = Store.MEMORY.bean<AsyncSessionTracker>()
    private val reactive = Store.MEMORY.bean<ReactiveSessionTracker>()

    @Test
    fun shouldCallBlockingApi() {
        assertThat(tracker.getOrStart("ann", ::Cart).orElseThrow().version).isEqualTo(1)
        assertThat(tracker.modify<Cart>("ann") { articles += "tea" }.orElseThrow().articles).containsExactly("tea")
        tracker.modify<Cart>("ann", "op-1") { articles += "cups" }.orElseThrow()
        tracker.modify<Cart>("ann", "op-1") { articles += "cups" }.orElseThrow()
        tracker.modifyOrStart("ann", "op-2", ::Cart) { coupon = "c" }.orElseThrow()
        assertThat(tracker.get<Cart>("ann").orElseThrow().articles).containsExactly("tea", "cups")
        assertThat(tracker.peek<Cart>("ann").orElseThrow().coupon).isEqualTo("c")
        tracker.refresh<Cart>("ann").orElseThrow()
        val expiry = tracker.expire<Cart>("ann", SessionEntryOptions.absolute(Duration.ofDays(1))).orElseThrow()
        assertThat(tracker.expiresAt<Cart>("ann").orElseThrow()).isEqualTo(expiry)
        assertThat(tracker.count<Cart>()).isEqualTo(1)
        assertThat(tracker.query<Cart>().page().sessions().map { it.key }).containsExactly("ann")
        tracker.getLocked<Cart>("ann").orElseThrow().use {
            assertThat(tracker.lock<Cart>("ann", LockOptions.waitFor(Duration.ZERO)).isFailure).isTrue()
        }
        tracker.finish<Cart>("ann").orElseThrow()
        assertThat(tracker.getFinished<Cart>("ann").orElseThrow().articles).hasSize(2)
        tracker.resume<Cart>("ann").orElseThrow()
        assertThat(tracker.finishAndGet<Cart>("ann").orElseThrow().coupon).isEqualTo("c")
        assertThat(tracker.resumeAndGet<Cart>("ann").orElseThrow().coupon).isEqualTo("c")
        tracker.delete<Cart>("ann").orElseThrow()
    }

    @Test
    fun shouldCallAsyncApi() {
        assertThat(async.modifyOrStart("bob", ::Cart) { articles += "tea" }.join().orElseThrow().articles).hasSize(1)
        assertThat(async.get<Cart>("bob").join().orElseThrow().articles).containsExactly("tea")
        async.lock<Cart>("bob").join().orElseThrow().release().join()
        async.delete<Cart>("bob").join().orElseThrow()
    }

    @Test
    fun shouldCallReactiveApi() {
        val changed = reactive.modifyOrStart("cid", ::Cart) { articles += "tea" }
            .then(reactive.get<Cart>("cid"))
            .block()!!
        assertThat(changed.orElseThrow().articles).containsExactly("tea")
        assertThat(reactive.delete<Cart>("cid").block()!!.isSuccess).isTrue()
    }

    @Test
    fun shouldTurnResultIntoValue() {
        val missing = tracker.get<Cart>("nobody")
        assertThat(missing.getOrNull()).isNull()
        assertThat(missing.getOrElse { Cart(it.key()) }.key).isEqualTo("nobody")

        val found = tracker.getOrStart("dan", ::Cart)
        assertThat(found.getOrNull()!!.key).isEqualTo("dan")
        assertThat(found.getOrElse { throw AssertionError(it.message()) }.key).isEqualTo("dan")
        tracker.delete<Cart>("dan").orElseThrow()
    }

    @Test
    fun shouldRunExamples() {
        val carts = Carts(tracker)
        assertThat(carts.articles("eve")).isEmpty()
        assertThat(carts.describe("eve")).isEqualTo("There is no session cart/eve")
        assertThat(carts.add("eve", "tea")).containsExactly("tea")
        assertThat(carts.describe("eve")).isEqualTo("1 articles")
        tracker.finish<Cart>("eve").orElseThrow()
        assertThat(carts.describe("eve")).isEqualTo("ordered")
        tracker.delete<Cart>("eve").orElseThrow()
    }

    @Test
    fun shouldReportInvalidKey() {
        assertThatThrownBy { tracker.get<Cart>("") }.isInstanceOf(IllegalArgumentException::class.java)
        assertThat(tracker.get<Cart>("nobody").failure()).get().isInstanceOf(SessionError.NotFound::class.java)
    }

    @ParameterizedTest
    @ValueSource(
        strings = [
            "io.sessiontracker.SessionTracker SessionTrackerExtensionsKt",
            "io.sessiontracker.AsyncSessionTracker AsyncSessionTrackerExtensionsKt",
            "io.sessiontracker.reactive.ReactiveSessionTracker ReactiveSessionTrackerExtensionsKt",
        ],
    )
    fun shouldHaveFunctionForEachMethodWithClass(names: String) {
        val (api, functions) = names.split(" ")
        val reified = Class.forName("io.sessiontracker.kotlin.$functions").declaredMethods.filter { !it.name.contains("$") }
        val withClass = Class.forName(api).methods.filter { it.parameterTypes.firstOrNull() == Class::class.java }

        assertThat(withClass).hasSizeGreaterThan(20)
        // The function's receiver is a parameter, in place of the class.
        assertThat(signatures(reified)).containsAll(signatures(withClass.filterNot(::hasOverloadWithOptions)))
    }

    @Test
    fun shouldHaveSuspendingFunctionForEachMethod() {
        val suspending = CoroutineSessionTracker::class.java.declaredMethods.filter { !it.name.contains("$") }
            .map { "${it.name} ${it.parameterCount}" }
        for (method in AsyncSessionTracker::class.java.declaredMethods.filterNot(::hasOverloadWithOptions)) {
            val withoutClass = method.parameterTypes.count { it != Class::class.java }
            val added = when (method.name) {
                "query" -> 0 // is only built
                "watch" -> -1 // returns a flow, in place of a watcher
                else -> 1 // the continuation
            }
            if (!method.isSynthetic && !java.lang.reflect.Modifier.isStatic(method.modifiers)) {
                assertThat(suspending).contains("${method.name} ${withoutClass + added}")
            }
        }
    }

    private fun signatures(methods: List<Method>) = methods.map { "${it.name} ${it.parameterCount}" }.toSet()

    /** Options have a default in Kotlin. */
    private fun hasOverloadWithOptions(method: Method) = method.declaringClass.methods.any {
        it.name == method.name &&
            it.parameterTypes.lastOrNull() == LockOptions::class.java &&
            it.parameterTypes.dropLast(1) == method.parameterTypes.toList()
    }
}
