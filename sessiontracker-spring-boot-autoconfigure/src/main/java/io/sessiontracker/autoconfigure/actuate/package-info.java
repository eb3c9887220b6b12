/**
 * The Actuator endpoint {@code sessiontracker} and the health of locks and sweeps. The application decides what it exposes.
 */
@NullMarked
package io.sessiontracker.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
