/**
 * The one place that joins data, locks, codec and settings to a {@link io.sessiontracker.SessionTracker}. Every operation
 * is written once, over providers that answer {@link java.util.concurrent.CompletionStage}s; the blocking
 * API only waits for them.
 *
 * <p>May use {@code io.sessiontracker.spi} and {@code io.sessiontracker}; knows no provider and no framework.
 */
@NullMarked
package io.sessiontracker.engine;

import org.jspecify.annotations.NullMarked;
