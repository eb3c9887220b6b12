/** Sessions and locks in Redis, over the application's connection factory. */
@NullMarked
package io.sessiontracker.autoconfigure.redis;

import org.jspecify.annotations.NullMarked;
