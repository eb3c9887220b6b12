package io.sessiontracker.autoconfigure.settings;

/**
 * What the start-up line adds to the store's name.
 *
 * @param text such as how a fail-over is noticed; empty if nothing is known
 */
public record StoreDetails(String text) {}
