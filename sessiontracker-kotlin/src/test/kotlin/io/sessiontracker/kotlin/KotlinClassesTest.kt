package io.sessiontracker.kotlin

import io.sessiontracker.Session
import io.sessiontracker.SessionProperty
import io.sessiontracker.engine.SessionTrackerBuilder
import io.sessiontracker.json.JacksonSessionCodec
import io.sessiontracker.memory.InMemorySessionDataProvider
import io.sessiontracker.memory.InMemorySessionLockProvider
import io.sessiontracker.spi.SessionAddress
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalStateException
import org.junit.jupiter.api.Test
import tools.jackson.module.kotlin.kotlinModule

/** What Kotlin's classes are as sessions: stored and read back, or refused with a message. */
class KotlinClassesTest {
    private val plain = JacksonSessionCodec().verifyingEachWrite()
    private val withModule = JacksonSessionCodec(listOf(kotlinModule())).verifyingEachWrite()

    @Test
    fun shouldStoreClassWithPropertiesInItsBody() {
        val cart = Cart("key")
        cart.articles += "tea"
        cart.coupon = "c-1"
        for (codec in listOf(plain, withModule)) {
            val read = codec.roundTrip(cart)
            assertThat(read.articles).containsExactly("tea")
            assertThat(read.coupon).isEqualTo("c-1")
        }
    }

    @Test
    fun shouldStoreDataClass() {
        val order = Order("key", listOf(Order.Line("tea", 2)), "ring twice")
        val read = withModule.roundTrip(order)
        assertThat(read).isEqualTo(order)
        assertThat(read.key).isEqualTo("key")
        assertThat(String(withModule.encode(ADDRESS, order))).doesNotContain("\"key\"")
    }

    @Test
    fun shouldKeepDefaultsOfMissingProperties() {
        val read = withModule.decode(ADDRESS, Order::class.java, """{"lines":[{"article":"tea"}]}""".toByteArray())
        assertThat(read).isEqualTo(Order("key", listOf(Order.Line("tea", 1)), null))
    }

    @Test
    fun shouldStoreClassWithPropertiesInItsConstructor() {
        assertThat(withModule.roundTrip(Counter("key", 3)).count).isEqualTo(3)
    }

    @Test
    fun shouldCallConstructorThatTakesOnlyTheKey() {
        val overloaded = Overloaded("key", listOf("tea"))
        for (codec in listOf(plain, withModule)) {
            assertThat(codec.roundTrip(overloaded)).isEqualTo(overloaded)
        }
    }

    @Test
    fun shouldRefuseConstructorWithoutTheModule() {
        assertThatIllegalStateException().isThrownBy { plain.roundTrip(Counter("key", 3)) }
            .withMessageContaining("has no constructor that takes the key and nothing else")
    }

    @Test
    fun shouldRefuseConstructorWithoutTheKey() {
        assertThatIllegalStateException().isThrownBy { withModule.roundTrip(Renamed("key", 3)) }
            .withMessageContaining("without the key")
    }

    @Test
    fun shouldFindByFieldsThatAreProperties() {
        val tracker =
            SessionTrackerBuilder(InMemorySessionDataProvider(), InMemorySessionLockProvider(), withModule).build()
        tracker.start(Ticket("a", "acme")).orElseThrow()
        tracker.modify<Ticket>("a") { attempts++ }.orElseThrow()

        val found = tracker.query(Ticket::class.java).where("tenant is 'acme' and attempts ge '1'").page().sessions()
        assertThat(found).extracting<String> { it.key }.containsExactly("a")
    }

    private inline fun <reified S : Session> JacksonSessionCodec.roundTrip(session: S): S =
        decode(ADDRESS, S::class.java, encode(ADDRESS, session))

    class Counter(key: String, var count: Int) : Session(key)

    data class Overloaded @JvmOverloads constructor(val number: String, val lines: List<String> = emptyList()) :
        Session(number)

    data class Renamed(val number: String, var count: Int) : Session(number)

    class Ticket(key: String, @SessionProperty val tenant: String?) : Session(key) {
        @SessionProperty
        var attempts = 0
    }

    private companion object {
        val ADDRESS = SessionAddress("cart", "key")
    }
}
