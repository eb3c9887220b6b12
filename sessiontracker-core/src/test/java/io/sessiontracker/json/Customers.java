package io.sessiontracker.json;

import java.util.function.UnaryOperator;

import io.sessiontracker.Session;
import io.sessiontracker.SessionType;
import tools.jackson.databind.node.ObjectNode;

/** Three releases of a session class: {@code name}, then {@code fullName}, then {@code first} and {@code last}. */
final class Customers {

    private Customers() {}

    @SessionType("customer")
    static class V1 extends Session {
        public String name = "";
        public int visits;

        V1(String key) {
            super(key);
        }
    }

    @SessionType(value = "customer", version = 2)
    static class V2 extends Session {
        public String fullName = "";
        public int visits;

        V2(String key) {
            super(key);
        }
    }

    @SessionType(value = "customer", version = 3)
    static class V3 extends Session {
        public String first = "";
        public String last = "";
        public int visits;

        V3(String key) {
            super(key);
        }
    }

    static SessionDowncaster renaming(Class<? extends Session> type) {
        return step(
                type,
                1,
                state -> state.set("fullName", state.remove("name")),
                state -> state.set("name", state.remove("fullName")));
    }

    static SessionDowncaster splitting() {
        return step(
                V3.class,
                2,
                state -> {
                    String[] names = state.remove("fullName").asString().split(" ", 2);
                    return state.put("first", names[0]).put("last", names[1]);
                },
                state -> state.put(
                        "fullName",
                        state.remove("first").asString() + " "
                                + state.remove("last").asString()));
    }

    static SessionUpcaster upcaster(Class<? extends Session> type, int from, UnaryOperator<ObjectNode> up) {
        return new SessionUpcaster() {
            @Override
            public Class<? extends Session> sessionClass() {
                return type;
            }

            @Override
            public int fromVersion() {
                return from;
            }

            @Override
            public ObjectNode upcast(ObjectNode state) {
                return up.apply(state);
            }
        };
    }

    static SessionDowncaster step(
            Class<? extends Session> type, int from, UnaryOperator<ObjectNode> up, UnaryOperator<ObjectNode> down) {
        SessionUpcaster upcaster = upcaster(type, from, up);
        return new SessionDowncaster() {
            @Override
            public Class<? extends Session> sessionClass() {
                return upcaster.sessionClass();
            }

            @Override
            public int fromVersion() {
                return upcaster.fromVersion();
            }

            @Override
            public ObjectNode upcast(ObjectNode state) {
                return upcaster.upcast(state);
            }

            @Override
            public ObjectNode downcast(ObjectNode state) {
                return down.apply(state);
            }
        };
    }
}
