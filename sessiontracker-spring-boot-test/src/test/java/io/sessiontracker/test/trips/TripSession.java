package io.sessiontracker.test.trips;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;

@SessionType(value = "trip-session", version = 2)
class TripSession extends Session {

    public List<String> stops = new ArrayList<>();

    TripSession(String key) {
        super(key);
    }
}
