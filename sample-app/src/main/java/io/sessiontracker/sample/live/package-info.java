/** The operator's half of the page: events of this instance, and the state that all instances share. */
@NullMarked
package io.sessiontracker.sample.live;

import org.jspecify.annotations.NullMarked;
