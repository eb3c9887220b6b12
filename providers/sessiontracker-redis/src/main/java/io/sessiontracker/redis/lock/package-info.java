/**
 * Locks in Redis, in the slot of their sessions, so that a lock is taken and its session read in one call. A {@code RedisLockAcquisition}
 * is one request until its reply; refused requests wait in a {@code RedisLockQueue}, woken by messages of the releases; a
 * {@code RedisHeldLock} is renewed and released. No call blocks, and one thread keeps the time.
 *
 * <p>May use {@code io.sessiontracker.redis.script}, {@code io.sessiontracker.redis.client}, {@code io.sessiontracker}, {@code io.sessiontracker.spi}, Spring Data Redis and
 * Lettuce.
 */
@NullMarked
package io.sessiontracker.redis.lock;

import org.jspecify.annotations.NullMarked;
