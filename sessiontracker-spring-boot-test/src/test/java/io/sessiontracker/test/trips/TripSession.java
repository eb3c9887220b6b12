package io.sessiontracker.test.trips;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;

class TripSession extends Session {

    public List<String> stops = new ArrayList<>();

    TripSession(String key) {
        super(key);
    }
}
