/**
 * What happened to a session, and who wants to hear of it.
 *
 * <p>May use {@code io.sessiontracker}; knows no framework.
 */
@NullMarked
package io.sessiontracker.event;

import org.jspecify.annotations.NullMarked;
