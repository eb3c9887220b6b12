/**
 * What many sessions cost. {@code -Dsessiontracker.test.sessions=100000} makes them more than a build can wait for.
 */
@NullMarked
package io.sessiontracker.scale;

import org.jspecify.annotations.NullMarked;
