/** An annotated class that is no session. */
@NullMarked
package io.sessiontracker.autoconfigure.sessions.stray;

import org.jspecify.annotations.NullMarked;
