/** The README's Java, compiled. */
@NullMarked
package io.sessiontracker.sample.readme;

import org.jspecify.annotations.NullMarked;
