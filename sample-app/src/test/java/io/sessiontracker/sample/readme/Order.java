package io.sessiontracker.sample.readme;

/** What a customer wants. */
record Order(String customer, String article) {}
