package io.sessiontracker.autoconfigure.sessions.stray;

import io.sessiontracker.SessionType;

/** Forgot to extend Session; abstract, so that a scan for components would leave it out. */
@SessionType("stray")
public abstract class Stray {}
