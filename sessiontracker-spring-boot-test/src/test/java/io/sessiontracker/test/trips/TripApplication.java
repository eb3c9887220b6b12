package io.sessiontracker.test.trips;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class TripApplication {}
