/**
 * Sessions in Redis, through Spring Data Redis: {@code RedisSessionDataProvider} and what stands behind its calls. Scans,
 * counts, sweeps and index repair join steps, each of which is a script call ({@code redis.script}) that a runner runs
 * ({@code redis.client}). The scripts are resources of this package, one file each; {@code SCRIPTS.md} of this module says which keys
 * each reads and writes.
 *
 * <p>May use {@code io.sessiontracker.redis.script}, {@code io.sessiontracker.redis.client}, {@code io.sessiontracker}, {@code io.sessiontracker.spi} and Spring Data Redis;
 * {@code io.sessiontracker.redis.announcement}; not {@code io.sessiontracker.redis.lock}, nor Lettuce.
 */
@NullMarked
package io.sessiontracker.redis;

import org.jspecify.annotations.NullMarked;
