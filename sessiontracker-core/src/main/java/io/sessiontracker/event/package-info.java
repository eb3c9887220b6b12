/**
 * Events of sessions, and their listeners.
 *
 * <p>May use {@code io.sessiontracker}; knows no framework.
 */
@NullMarked
package io.sessiontracker.event;

import org.jspecify.annotations.NullMarked;
