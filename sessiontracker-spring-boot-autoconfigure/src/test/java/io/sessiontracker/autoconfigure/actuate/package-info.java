/** The endpoint and health as operators see them, over HTTP. */
@NullMarked
package io.sessiontracker.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
