package io.sessiontracker.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * Sessions and locks in memory, whatever the application's settings say, for a test with this beside {@code @SpringBootTest},
 * {@code @WebMvcTest} and the like:
 *
 * <ul>
 *   <li>Sessions live by a {@link TestClock}, which is a bean. Locks do not: their leases and waits pass in real time.
 *   <li>Each write is read back and compared: what would not come back as it was stored fails the test.
 *   <li>Nothing sweeps in the background: what expired is told when the test calls
 *       {@link io.sessiontracker.SessionTracker#expireSessions}.
 *   <li>After each test there are no sessions and no locks, and the clock shows what it showed at first. So the tests of one
 *       context cannot run at the same time.
 * </ul>
 *
 * <p>A {@code TestClock}, store or lock service that the test has as a bean is used instead. The {@code TestClock} is also what
 * is injected for a {@link java.time.Clock} where the application has none.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
@TestPropertySource(
        properties = {
            "session-tracker.store=memory",
            "session-tracker.lock.provider=memory",
            "session-tracker.sweep.enabled=false"
        })
public @interface AutoConfigureTestSessionTracker {}
