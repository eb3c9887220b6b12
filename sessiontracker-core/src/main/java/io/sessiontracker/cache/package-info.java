/**
 * The near cache: copies of sessions in this process's memory, as bytes, so that a session which did not change is not sent again.
 *
 * <p>May use {@code io.sessiontracker.spi} and Caffeine. A copy decides nothing: the store compares every write.
 */
@NullMarked
package io.sessiontracker.cache;

import org.jspecify.annotations.NullMarked;
