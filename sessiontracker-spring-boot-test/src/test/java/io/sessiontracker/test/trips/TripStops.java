package io.sessiontracker.test.trips;

import io.sessiontracker.json.SessionUpcaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** A trip's one stop became several. */
@Component
class TripStops implements SessionUpcaster {

    @Override
    public Class<TripSession> sessionClass() {
        return TripSession.class;
    }

    @Override
    public int fromVersion() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode state) {
        String stop = state.remove("stop").asString();
        state.putArray("stops").add(stop);
        return state;
    }
}
