/**
 * Configures a {@link io.sessiontracker.SessionTracker} in a Spring Boot application. No logic of its own; every bean backs
 * off from one of the application.
 *
 * <p>The sub-packages: {@code settings} binds, merges and checks {@code session-tracker.*}; {@code redis},
 * {@code redisson}, {@code jdbc} and {@code dynamodb} create what these settings choose; {@code types} finds the application's session classes, {@code event}
 * its listeners; {@code diagnostics} explains failed start-ups; {@code actuate} is the Actuator endpoint and health,
 * {@code web} the problem details.
 */
@NullMarked
package io.sessiontracker.autoconfigure;

import org.jspecify.annotations.NullMarked;
