/** The configuration of a created Redisson client. */
@NullMarked
package io.sessiontracker.autoconfigure.redisson;

import org.jspecify.annotations.NullMarked;
