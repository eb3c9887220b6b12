/**
 * Random histories on the specification and on every store: all calls and forms of {@link
 * io.sessiontracker.spi.SessionDataProvider}, with right and wrong versions and ids, a clock that advances, late and repeated
 * attempts, and changing indexed properties. After each step the replies and all that is stored must be equal.
 *
 * <p>A build searches briefly. {@code -Dsessiontracker.test.histories=20000} sets how many histories to try on each store, in
 * place of the few dozen that a build tries. A failing history is shortened as far as it still fails, and printed as the
 * steps that are left; {@code -Dsessiontracker.test.seed=…} with the seed that was printed repeats the search.
 *
 * <p>Redis's clock seems to stand still between the advances: each script runs behind a prelude that gives it the history's time.
 * Beside the replies its index entries, TTLs and last leftovers are compared.
 *
 * <p>The specification is {@link io.sessiontracker.memory.SessionModel}. Where the Javadoc leaves an answer open, so does a
 * history: it re-sends a call that was done only while a store must recognise it, and lets a store choose which of the expired
 * sessions it claims.
 */
@NullMarked
package io.sessiontracker.history;

import org.jspecify.annotations.NullMarked;
