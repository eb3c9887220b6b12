/** Locks in Redis held to the contract on every topology, and their waiting, wake-ups and rights. */
@NullMarked
package io.sessiontracker.redis.lock;

import org.jspecify.annotations.NullMarked;
