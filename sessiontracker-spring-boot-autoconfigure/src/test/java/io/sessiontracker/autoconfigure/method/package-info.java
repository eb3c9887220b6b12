/** Methods that are given their session. */
@NullMarked
package io.sessiontracker.autoconfigure.method;

import org.jspecify.annotations.NullMarked;
