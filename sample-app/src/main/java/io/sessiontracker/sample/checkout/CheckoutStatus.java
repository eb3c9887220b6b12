package io.sessiontracker.sample.checkout;

import io.sessiontracker.json.SessionDowncaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The flag {@code ordered} of the first release became a status. To run both releases side by side, set {@code
 * session-tracker.types.checkout.write-version} to 1 here.
 */
@Component
class CheckoutStatus implements SessionDowncaster {

    private static final String ORDERED = "ordered";
    private static final String STATUS = "status";

    @Override
    public Class<CheckoutSession> sessionClass() {
        return CheckoutSession.class;
    }

    @Override
    public int fromVersion() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode state) {
        JsonNode ordered = state.remove(ORDERED);
        boolean isOrdered = ordered != null && ordered.booleanValue();
        return state.put(STATUS, (isOrdered ? CheckoutSession.Status.ORDERED : CheckoutSession.Status.OPEN).name());
    }

    @Override
    public ObjectNode downcast(ObjectNode state) {
        JsonNode status = state.remove(STATUS);
        return state.put(ORDERED, CheckoutSession.Status.ORDERED.name().equals(status.stringValue()));
    }
}
