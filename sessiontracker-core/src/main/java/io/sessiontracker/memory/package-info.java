/**
 * Sessions and locks of one process, for tests, for development, and for applications that run once. They behave like the
 * shared ones: bytes are stored, not objects, and the same contract tests hold. All data are gone with the process.
 *
 * <p>What each call makes of an address's state is in {@code io.sessiontracker.spi.state}; the store keeps the states and their index
 * entries.
 *
 * <p>May use {@code io.sessiontracker.spi} and Caffeine; no other package of this module uses it. The only package whose clock is
 * this machine's.
 */
@NullMarked
package io.sessiontracker.memory;

import org.jspecify.annotations.NullMarked;
