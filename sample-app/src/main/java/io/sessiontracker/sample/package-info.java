/**
 * A small shop. Its {@code checkout} and {@code support} packages use {@code SessionTracker}; {@code web} tells what goes
 * wrong over HTTP; {@code redis} is there for trying the shop without a Redis of your own.
 */
@NullMarked
package io.sessiontracker.sample;

import org.jspecify.annotations.NullMarked;
