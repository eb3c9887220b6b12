/** The filter language line by line, where its errors are, and laws that random filters and random texts must obey. */
@NullMarked
package io.sessiontracker.filter;

import org.jspecify.annotations.NullMarked;
