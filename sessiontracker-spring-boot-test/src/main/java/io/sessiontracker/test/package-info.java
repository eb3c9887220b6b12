/**
 * Support for applications' tests: {@link io.sessiontracker.test.SessionTrackerTest a test slice} with sessions in memory, a
 * {@link io.sessiontracker.test.TestClock settable clock}, and {@link io.sessiontracker.test.SessionAssertions assertions}.
 * Needs {@code spring-boot-starter-test}.
 */
@NullMarked
package io.sessiontracker.test;

import org.jspecify.annotations.NullMarked;
