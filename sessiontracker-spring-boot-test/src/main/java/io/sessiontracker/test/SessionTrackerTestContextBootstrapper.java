package io.sessiontracker.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Creates the context of a {@link SessionTrackerTest}. */
final class SessionTrackerTestContextBootstrapper extends TestSliceTestContextBootstrapper<SessionTrackerTest> {}
