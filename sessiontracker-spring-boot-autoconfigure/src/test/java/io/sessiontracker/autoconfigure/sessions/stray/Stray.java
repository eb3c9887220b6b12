package io.sessiontracker.autoconfigure.sessions.stray;

import io.sessiontracker.SessionType;

/** Does not extend Session; abstract, so that a component scan would skip it. */
@SessionType("stray")
public abstract class Stray {}
