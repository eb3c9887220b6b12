package io.sessiontracker.autoconfigure;

/** What the start-up line adds to the store's name. */
record StoreDetails(String text) {}
