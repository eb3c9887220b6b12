package io.sessiontracker.test.trips;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import io.sessiontracker.event.SessionExpired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The component under test. */
@Component
class Trips {

    private final SessionTracker tracker;
    private final List<SessionExpired<TripSession>> expired = new ArrayList<>();

    Trips(SessionTracker tracker) {
        this.tracker = tracker;
    }

    void begin(String traveller) {
        TripSession trip = new TripSession(traveller);
        trip.getProperties().put("class", "second");
        tracker.start(trip).orElseThrow();
    }

    @WithSession(key = "#traveller", lock = true)
    public void add(String traveller, String stop, TripSession trip) {
        trip.stops.add(stop);
    }

    @EventListener
    void onExpired(SessionExpired<TripSession> event) {
        expired.add(event);
    }

    List<SessionExpired<TripSession>> takeExpired() {
        List<SessionExpired<TripSession>> taken = List.copyOf(expired);
        expired.clear();
        return taken;
    }
}
