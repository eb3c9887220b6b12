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
 * Keeps sessions and locks in memory, whatever the application's settings say. For tests with {@code @SpringBootTest}, {@code
 * @WebMvcTest} and the like:
 *
 * <ul>
 *   <li>Sessions expire by a {@link TestClock}, which is a bean. Leases and waits of locks pass in real time.
 *   <li>Each write is read back and compared: state that would not be read back unchanged fails the test.
 *   <li>There are no sweeps in the background: expired sessions are delivered when the test calls
 *       {@link io.sessiontracker.SessionTracker#expireSessions}.
 *   <li>After each test all sessions and locks are removed, and the clock is reset. So the tests of one context cannot run at
 *       the same time.
 * </ul>
 *
 * <p>A {@code TestClock}, store or lock service bean of the test replaces these. The {@code TestClock} is also injected for a
 * {@link java.time.Clock} if the application has none.
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
