/** Methods with {@code @WithSession}. */
@NullMarked
package io.sessiontracker.spring;

import org.jspecify.annotations.NullMarked;
