/** How settings are bound, merged and checked, and their metadata. */
@NullMarked
package io.sessiontracker.autoconfigure.settings;

import org.jspecify.annotations.NullMarked;
