/** Conditions, back-off and messages of the auto-configuration, and the configured tracker on real stores. */
@NullMarked
package io.sessiontracker.autoconfigure;

import org.jspecify.annotations.NullMarked;
