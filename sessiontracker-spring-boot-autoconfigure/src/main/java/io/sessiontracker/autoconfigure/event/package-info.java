/** Session events as Spring application events, with their generic types. */
@NullMarked
package io.sessiontracker.autoconfigure.event;

import org.jspecify.annotations.NullMarked;
