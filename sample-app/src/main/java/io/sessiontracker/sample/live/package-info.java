/** What the operator's half of the page shows: events as they happen here, and what every instance sees alike. */
@NullMarked
package io.sessiontracker.sample.live;

import org.jspecify.annotations.NullMarked;
