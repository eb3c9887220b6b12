/**
 * What a store or a lock service implements. A provider knows types by name, sessions by key, and payloads as bytes: no
 * class of the application, no JSON, no settings. It answers {@link java.util.concurrent.CompletionStage}s; a blocking
 * provider returns completed ones. The contract tests in {@code io.sessiontracker.contract} (classifier {@code tests})
 * say exactly what each method must do.
 *
 * <p>May use {@code io.sessiontracker} and its events; is used by the engine and by every provider.
 */
@NullMarked
package io.sessiontracker.spi;

import org.jspecify.annotations.NullMarked;
