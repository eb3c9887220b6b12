/** Two classes with one type name. */
@NullMarked
package io.sessiontracker.autoconfigure.sessions.duplicate;

import org.jspecify.annotations.NullMarked;
