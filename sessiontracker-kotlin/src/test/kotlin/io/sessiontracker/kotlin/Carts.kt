package io.sessiontracker.kotlin

import io.sessiontracker.AsyncSessionTracker
import io.sessiontracker.Session
import io.sessiontracker.SessionError
import io.sessiontracker.SessionResult
import io.sessiontracker.SessionTracker
import io.sessiontracker.WithSession
import io.sessiontracker.filter.SessionFilter.property
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import org.springframework.stereotype.Service

/* The examples of docs/kotlin.md. */

class Cart(key: String) : Session(key) {
    val articles = mutableListOf<String>()
    var coupon: String? = null
}

data class Order(private val key: String, val lines: List<Line> = emptyList(), var note: String? = null) : Session(key) {
    data class Line(val article: String, val quantity: Int = 1)
}

class Carts(private val tracker: SessionTracker) {
    fun add(customer: String, article: String): List<String> =
        tracker.modifyOrStart(customer, ::Cart) { articles += article }.orElseThrow().articles

    fun articles(customer: String): List<String> {
        val cart = tracker.get<Cart>(customer).getOrElse { return emptyList() }
        return cart.articles
    }

    fun describe(customer: String): String = when (val found = tracker.peek<Cart>(customer)) {
        is SessionResult.Success -> "${found.value().articles.size} articles"
        is SessionResult.Failure ->
            when (val error = found.error()) {
                is SessionError.AlreadyFinished -> "ordered"
                else -> error.message()
            }
    }
}

class SuspendingCarts(async: AsyncSessionTracker) {
    private val tracker = async.coroutines()

    suspend fun add(customer: String, article: String): List<String> =
        tracker.modifyOrStart(customer, ::Cart) { articles += article }.orElseThrow().articles

    suspend fun order(customer: String): Int = tracker.withLocked(customer) { cart: Cart ->
        pay(cart.articles)
        tracker.finish(cart).orElseThrow()
        cart.articles.size
    }.orElseThrow()

    fun customersOf(tenant: String): Flow<String> =
        tracker.query<Cart>().where(property("tenant").`is`(tenant)).asFlow().map { it.key }
}

@Suppress("RedundantSuspendModifier", "UNUSED_PARAMETER")
private suspend fun pay(articles: List<String>) = Unit

@Service
class Shipping {
    @WithSession(key = "#customer", start = true, lock = true)
    suspend fun ship(customer: String, article: String, cart: Cart? = null): List<String> {
        cart!!.articles += article
        pay(cart.articles)
        return cart.articles
    }
}
