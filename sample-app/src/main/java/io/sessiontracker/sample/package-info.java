/**
 * A small shop. Its {@code checkout} and {@code support} packages use {@code SessionTracker}; {@code live} is the operator's
 * view; {@code web} reports errors over HTTP; {@code redis} starts a Redis for trying the shop without one.
 */
@NullMarked
package io.sessiontracker.sample;

import org.jspecify.annotations.NullMarked;
