/**
 * The public API: what an application compiles against, and nothing else.
 *
 * <p>May use {@code io.sessiontracker.filter}; uses no framework.
 */
@NullMarked
package io.sessiontracker;

import org.jspecify.annotations.NullMarked;
