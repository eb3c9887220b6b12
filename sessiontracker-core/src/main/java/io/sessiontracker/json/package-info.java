/**
 * Sessions as JSON, by Jackson: how Jackson handles {@link io.sessiontracker.Session}, and how its failures are reported.
 *
 * <p>May use {@code io.sessiontracker} and {@code io.sessiontracker.spi}; no other package of core uses Jackson.
 */
@NullMarked
package io.sessiontracker.json;

import org.jspecify.annotations.NullMarked;
