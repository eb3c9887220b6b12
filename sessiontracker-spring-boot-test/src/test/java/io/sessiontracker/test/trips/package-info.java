/** An application and its tests. */
@NullMarked
package io.sessiontracker.test.trips;

import org.jspecify.annotations.NullMarked;
