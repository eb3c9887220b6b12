/** A Redis for trying the shop if none is configured. An application with a Redis needs nothing of this. */
@NullMarked
package io.sessiontracker.sample.redis;

import org.jspecify.annotations.NullMarked;
