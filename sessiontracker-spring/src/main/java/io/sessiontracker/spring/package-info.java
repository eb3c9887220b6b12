/** {@link io.sessiontracker.WithSession} on methods of Spring beans: checked at start-up, applied by an advisor. */
@NullMarked
package io.sessiontracker.spring;

import org.jspecify.annotations.NullMarked;
