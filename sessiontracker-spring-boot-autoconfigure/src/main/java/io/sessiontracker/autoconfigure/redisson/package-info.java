/** Locks by Redisson, over the application's client or one created from {@code spring.data.redis.*}. */
@NullMarked
package io.sessiontracker.autoconfigure.redisson;

import org.jspecify.annotations.NullMarked;
