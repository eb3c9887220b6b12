/**
 * Session locks in Redis by Redisson, with an owner per acquisition instead of per thread. Acquiring, releasing and waking
 * waiters is Redisson's; two scripts here extend a lease and read a lock's state.
 *
 * <p>May use {@code io.sessiontracker.spi}, the root package and Redisson, which no other package of the providers uses.
 */
@NullMarked
package io.sessiontracker.redisson;

import org.jspecify.annotations.NullMarked;
