/** Methods that are given their session. */
@NullMarked
package io.sessiontracker.spring;

import org.jspecify.annotations.NullMarked;
