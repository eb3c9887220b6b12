/**
 * Encryption of what is stored of a session's state.
 *
 * <p>May use {@code io.sessiontracker} and its SPI, and the JDK's cryptography.
 */
@NullMarked
package io.sessiontracker.encryption;

import org.jspecify.annotations.NullMarked;
