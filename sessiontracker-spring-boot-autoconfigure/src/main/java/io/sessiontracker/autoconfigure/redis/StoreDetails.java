package io.sessiontracker.autoconfigure.redis;

/**
 * What the start-up line adds to the store's name.
 *
 * @param text how a fail-over is noticed; empty if nothing is known
 */
public record StoreDetails(String text) {}
