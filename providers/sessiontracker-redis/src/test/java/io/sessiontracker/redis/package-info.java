/** The Redis store held to the contract on every topology, and what the contract cannot see: keys, TTLs and commands. */
@NullMarked
package io.sessiontracker.redis;

import org.jspecify.annotations.NullMarked;
