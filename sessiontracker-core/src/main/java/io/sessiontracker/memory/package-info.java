/**
 * Sessions and locks of one process, for tests, for development, and for applications that run once. They behave like the
 * shared ones: bytes are stored, not objects, and the same contract tests hold. What is kept is gone with the process.
 *
 * <p>{@code KeyState} is what an address has, {@code KeyStateTransitions} what each call makes of it, without side effects; the provider
 * swaps one for the other, an address at a time.
 *
 * <p>May use {@code io.sessiontracker.spi} and Caffeine; is used by nobody in this module. The one package whose clock is
 * this machine's.
 */
@NullMarked
package io.sessiontracker.memory;

import org.jspecify.annotations.NullMarked;
