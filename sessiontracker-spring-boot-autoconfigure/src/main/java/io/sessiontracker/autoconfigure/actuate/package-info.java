/**
 * What whoever runs an application sees of its sessions: the Actuator endpoint {@code sessiontracker}, and its health. Nothing
 * here is exposed unless the application exposes it.
 */
@NullMarked
package io.sessiontracker.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
