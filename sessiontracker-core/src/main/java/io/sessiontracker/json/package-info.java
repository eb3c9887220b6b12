/**
 * Sessions as JSON, by Jackson. What Jackson must be told about {@link io.sessiontracker.Session} is here, and what an
 * application may see of Jackson's failures.
 *
 * <p>May use {@code io.sessiontracker} and {@code io.sessiontracker.spi}; nothing but this package uses Jackson.
 */
@NullMarked
package io.sessiontracker.json;

import org.jspecify.annotations.NullMarked;
