/** An application's session classes, as they should be. */
@NullMarked
package io.sessiontracker.autoconfigure.sessions.known;

import org.jspecify.annotations.NullMarked;
