/**
 * Sessions in Redis, through Spring Data Redis. Each operation is one Lua script, described as a value and executed by a
 * runner; the scripts are resources of this package, one file each.
 *
 * <p>May use {@code io.sessiontracker}, {@code io.sessiontracker.spi} and Spring Data Redis. Nothing else in core does the
 * latter.
 */
@NullMarked
package io.sessiontracker.redis;

import org.jspecify.annotations.NullMarked;
