/** Every condition, back-off, setting and message of the auto-configuration, and what it configures at work on real stores. */
@NullMarked
package io.sessiontracker.autoconfigure;

import org.jspecify.annotations.NullMarked;
