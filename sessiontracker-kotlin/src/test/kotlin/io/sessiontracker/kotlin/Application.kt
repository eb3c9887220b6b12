package io.sessiontracker.kotlin

import io.sessiontracker.SessionTracker
import io.sessiontracker.testing.RedisServer
import org.springframework.boot.WebApplicationType
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.context.ConfigurableApplicationContext
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {
    @Bean
    fun shipping() = Shipping()

    @Bean
    fun orders() = Orders()
}

/** An application with its sessions in memory, or in a Redis of its own. */
enum class Store(private vararg val settings: String) {
    MEMORY("--session-tracker.store=memory"),
    REDIS("--session-tracker.store=redis", "--session-tracker.lock.provider=redis"),
    ;

    private val context: ConfigurableApplicationContext by lazy {
        val port = if (this == REDIS) redis.port() else 0
        SpringApplicationBuilder(Application::class.java)
            .web(WebApplicationType.NONE)
            .run(*settings, "--spring.data.redis.port=$port", "--spring.application.name=shop", "--spring.main.banner-mode=off")
    }

    val blocking: SessionTracker get() = bean()
    val coroutines: CoroutineSessionTracker get() = CoroutineSessionTracker(bean())

    fun <T : Any> bean(type: Class<T>): T = context.getBean(type)

    inline fun <reified T : Any> bean(): T = bean(T::class.java)

    private companion object {
        val redis: RedisServer by lazy { RedisServer.launch() }
    }
}
