/**
 * What every store and every lock service must do, ours and anyone's, as JUnit tests. To hold a provider to them, subclass
 * {@link io.sessiontracker.contract.SessionDataProviderContract} or
 * {@link io.sessiontracker.contract.SessionLockProviderContract} and say how a provider is made. Published with the
 * classifier {@code tests}; needs JUnit Jupiter, AssertJ and Awaitility.
 *
 * <p>Each test has addresses of its own and clears nothing away, so tests may run side by side and against a shared
 * server. None sleeps, and none fails because a machine is slow.
 *
 * <p>May use {@code io.sessiontracker} and {@code io.sessiontracker.spi} only.
 */
@NullMarked
package io.sessiontracker.contract;

import org.jspecify.annotations.NullMarked;
