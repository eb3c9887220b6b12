package io.sessiontracker.test.trips;

import org.springframework.stereotype.Component;

/** Needs a bean that is not there. */
@Component
record Tickets(Runnable printer) {}
