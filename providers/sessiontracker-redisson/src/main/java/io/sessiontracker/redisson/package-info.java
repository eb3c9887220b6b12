/**
 * Session locks on Redis by Redisson: its lock, with an owner for each acquisition instead of each thread. Redisson's
 * scripts and its publish and subscribe for waiters do the work; the lease of a held lock is extended, and a renewed one
 * renewed, by the only script of our own.
 *
 * <p>May use {@code io.sessiontracker.spi}, the root package and Redisson, which nobody else sees.
 */
@NullMarked
package io.sessiontracker.redisson;

import org.jspecify.annotations.NullMarked;
