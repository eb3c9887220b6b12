/** What the auto-configuration sets for Lettuce. */
@NullMarked
package io.sessiontracker.autoconfigure.redis;

import org.jspecify.annotations.NullMarked;
