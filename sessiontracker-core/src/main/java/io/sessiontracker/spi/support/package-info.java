/**
 * What implementations of the SPI have in common: loops over {@link java.util.concurrent.CompletionStage}s, bounded durations,
 * random ids, the rule for namespaces, and the retry of a lock's release. A provider may use it, and need not.
 *
 * <p>Uses the JDK only.
 */
@NullMarked
package io.sessiontracker.spi.support;

import org.jspecify.annotations.NullMarked;
