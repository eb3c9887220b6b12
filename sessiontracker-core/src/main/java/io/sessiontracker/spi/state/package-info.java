/**
 * The state of one key, and what each operation makes of it. {@link io.sessiontracker.spi.state.KeyStateTransitions} are pure and
 * are the specification of every store: the ones that run the same logic beside their data must answer alike.
 *
 * <p>A store that cannot run such logic implements {@link io.sessiontracker.spi.state.KeyStateStore}: it loads a state, replaces
 * it by compare-and-set, and keeps index entries, those of indexed properties included.
 * {@link io.sessiontracker.spi.state.KeyStateDataProvider} makes a {@link io.sessiontracker.spi.SessionDataProvider} of it.
 *
 * <p>A state has <i>parts</i>. The root contains the running session, and the headers of all others: the finished session,
 * expired sessions awaiting delivery, and the records of recent calls. The data of the finished session and of each expired
 * session are {@linkplain io.sessiontracker.spi.state.KeyState.Part parts} of their own, which are loaded only by a transition
 * that needs them and written only by one that changes them.
 *
 * <p>May use {@code io.sessiontracker.spi}; is used by stores.
 */
@NullMarked
package io.sessiontracker.spi.state;

import org.jspecify.annotations.NullMarked;
