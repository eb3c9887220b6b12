/** Several JVM processes at once on the same sessions: what they may and may not do to each other, also when they die. */
@NullMarked
package io.sessiontracker.race;

import org.jspecify.annotations.NullMarked;
