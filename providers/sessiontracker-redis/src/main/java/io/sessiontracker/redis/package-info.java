/**
 * Sessions in Redis, through Spring Data Redis. Each operation is one Lua script, described as a value and executed by a
 * runner; the scripts are resources of this package, one file each.
 *
 * <p>Locks are kept in the slot of their sessions, so that both are asked for in one call. They are spoken to without waiting,
 * by Lettuce's asynchronous commands; only this package sees Lettuce.
 *
 * <p>May use {@code io.sessiontracker}, {@code io.sessiontracker.spi}, Spring Data Redis and Lettuce. Nothing else in core does the
 * last two.
 */
@NullMarked
package io.sessiontracker.redis;

import org.jspecify.annotations.NullMarked;
