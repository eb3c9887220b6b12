package io.sessiontracker.sample.readme;

import io.sessiontracker.json.SessionDowncaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

@Component
class FullName implements SessionDowncaster {

    @Override
    public Class<CustomerSession> sessionClass() {
        return CustomerSession.class;
    }

    @Override
    public int fromVersion() {
        return 1;
    }

    @Override
    public ObjectNode upcast(ObjectNode state) {
        state.set("fullName", state.remove("name"));
        return state;
    }

    @Override
    public ObjectNode downcast(ObjectNode state) {
        state.set("name", state.remove("fullName"));
        return state;
    }
}
