/**
 * Wires a {@link io.sessiontracker.SessionTracker} into a Spring Boot application: settings bound, merged and checked, the
 * store and the lock service that they name, and failure analyses that say what to change. No logic of its own; everything
 * it configures backs off from a bean of the application.
 */
@NullMarked
package io.sessiontracker.autoconfigure;

import org.jspecify.annotations.NullMarked;
