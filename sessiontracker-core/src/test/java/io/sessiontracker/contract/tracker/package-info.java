/**
 * What a whole {@link io.sessiontracker.SessionTracker} owes its callers, whatever store and lock service are below it. A
 * subclass of {@code SessionTrackerContract} names the two providers; the rules are inherited.
 */
@NullMarked
package io.sessiontracker.contract.tracker;

import org.jspecify.annotations.NullMarked;
