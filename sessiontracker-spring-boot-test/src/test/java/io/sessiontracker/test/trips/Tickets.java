package io.sessiontracker.test.trips;

import org.springframework.stereotype.Component;

/** Needs a bean that does not exist. */
@Component
record Tickets(Runnable printer) {}
