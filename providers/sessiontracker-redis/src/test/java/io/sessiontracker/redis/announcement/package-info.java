@NullMarked
package io.sessiontracker.redis.announcement;

import org.jspecify.annotations.NullMarked;
