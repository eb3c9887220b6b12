package io.sessiontracker.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/** Auto-configuration of a {@link io.sessiontracker.SessionTracker}. */
@AutoConfiguration
public final class SessionTrackerAutoConfiguration {}
