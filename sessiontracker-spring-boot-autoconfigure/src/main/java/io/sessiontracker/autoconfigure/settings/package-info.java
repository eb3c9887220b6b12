/** The settings under {@code session-tracker}: bound, merged, checked; and the conditions on them. */
@NullMarked
package io.sessiontracker.autoconfigure.settings;

import org.jspecify.annotations.NullMarked;
