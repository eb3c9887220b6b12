package io.sessiontracker.spi.state;

/**
 * What a transition makes of a state.
 *
 * @param state the next state; the same as before where nothing is changed
 * @param reply the answer to the caller
 */
public record Outcome<R>(KeyState state, R reply) {}
