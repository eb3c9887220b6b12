package io.sessiontracker.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Makes the context of a {@link SessionTrackerTest}. */
final class SessionTrackerTestContextBootstrapper extends TestSliceTestContextBootstrapper<SessionTrackerTest> {}
