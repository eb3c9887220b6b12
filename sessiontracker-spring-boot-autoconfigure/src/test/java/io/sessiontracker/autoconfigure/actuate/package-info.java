/** What an operator sees, asked for as an operator does: over HTTP. */
@NullMarked
package io.sessiontracker.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
