/**
 * For the tests of applications: {@link io.sessiontracker.test.SessionTrackerTest a slice} with sessions in memory,
 * {@link io.sessiontracker.test.TestClock the clock} that they live by, and {@link io.sessiontracker.test.SessionAssertions
 * assertions}. Needs {@code spring-boot-starter-test}; nothing outside of this package knows it.
 */
@NullMarked
package io.sessiontracker.test;

import org.jspecify.annotations.NullMarked;
