/**
 * Whether what several processes were answered, while faults happened between them and Redis, is what one process could have
 * been answered, one call after the other: {@code KeyState} says what each call does, {@code LinearizabilityChecker} searches
 * for such an order.
 */
@NullMarked
package io.sessiontracker.linearizability;

import org.jspecify.annotations.NullMarked;
