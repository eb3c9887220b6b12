/** What meters and observers see of a tracker at work. */
@NullMarked
package io.sessiontracker.micrometer;

import org.jspecify.annotations.NullMarked;
