/** What a failed start-up reports. */
@NullMarked
package io.sessiontracker.autoconfigure.diagnostics;

import org.jspecify.annotations.NullMarked;
