/** A session class whose annotation has no valid name. */
@NullMarked
package io.sessiontracker.autoconfigure.sessions.misnamed;

import org.jspecify.annotations.NullMarked;
