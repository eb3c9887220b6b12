/** Several JVM processes on the same sessions, which also crash. */
@NullMarked
package io.sessiontracker.race;

import org.jspecify.annotations.NullMarked;
