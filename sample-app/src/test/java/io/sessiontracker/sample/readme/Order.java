package io.sessiontracker.sample.readme;

/** A customer's order. */
record Order(String customer, String article) {}
