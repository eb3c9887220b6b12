/** Valid session classes of an application. */
@NullMarked
package io.sessiontracker.autoconfigure.sessions.known;

import org.jspecify.annotations.NullMarked;
