/**
 * The tracker for Reactor, over the async API.
 *
 * <p>May use {@code io.sessiontracker} and Reactor, and nothing else.
 */
@NullMarked
package io.sessiontracker.reactive;

import org.jspecify.annotations.NullMarked;
