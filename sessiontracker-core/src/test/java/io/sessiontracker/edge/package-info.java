/**
 * Grants at the edge: callers that go away, and providers that end, aimed at the very moment when a lock is granted. A
 * hundred tries of each kind in a build; {@code -Dsessiontracker.test.edge.tries=20000} makes them many.
 */
@NullMarked
package io.sessiontracker.edge;

import org.jspecify.annotations.NullMarked;
