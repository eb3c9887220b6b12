/** A Redis for trying the shop when none is configured. Nothing that an application with a Redis needs. */
@NullMarked
package io.sessiontracker.sample.redis;

import org.jspecify.annotations.NullMarked;
