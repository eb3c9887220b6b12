/**
 * Sessions in Kotlin. The session's class is a type argument ({@code tracker.get<Cart>("ann")}) on all APIs; {@code
 * CoroutineSessionTracker} has suspending functions, and a query is a {@code Flow}.
 */
@NullMarked
package io.sessiontracker.kotlin;

import org.jspecify.annotations.NullMarked;
