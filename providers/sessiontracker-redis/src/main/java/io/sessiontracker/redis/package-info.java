/**
 * Sessions in Redis, through Spring Data Redis: {@code RedisSessionDataProvider} and what stands behind its calls. {@code SessionScripts}
 * and {@code IndexScripts} describe each step as a script call; scans, counts, sweeps and index repair join such steps. The scripts
 * are resources of this package, one file each; {@code SCRIPTS.md} of this module says which keys each reads and writes.
 *
 * <p>May use {@code io.sessiontracker.redis.client}, {@code io.sessiontracker}, {@code io.sessiontracker.spi} and Spring Data Redis;
 * not {@code io.sessiontracker.redis.lock}, nor Lettuce.
 */
@NullMarked
package io.sessiontracker.redis;

import org.jspecify.annotations.NullMarked;
