package io.sessiontracker.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.sessiontracker.Session;

/** Session classes as applications write them. */
final class SessionFixtures {

    private SessionFixtures() {}

    static class Bean extends Session {
        private String address;
        private int total;

        public Bean(String key) {
            super(key);
        }

        public String getAddress() {
            return address;
        }

        public void setAddress(String address) {
            this.address = address;
        }

        public int getTotal() {
            return total;
        }

        public void setTotal(int total) {
            this.total = total;
        }
    }

    static final class PrivateConstructor extends Session {
        public String address;

        private PrivateConstructor(String onlyHere) {
            super(onlyHere);
        }

        static PrivateConstructor of(String key) {
            return new PrivateConstructor(key);
        }
    }

    static class Empty extends Session {
        Empty(String key) {
            super(key);
        }
    }

    /** A class like Lombok's {@code @Data} with a second constructor. */
    static class TwoConstructors extends Session {
        private String address;
        private List<String> items;

        @SuppressWarnings("UnusedMethod") // found by reflection
        private TwoConstructors(String key) {
            super(key);
        }

        public TwoConstructors(String key, String address, List<String> items) {
            super(key);
            this.address = Objects.requireNonNull(address);
            this.items = items;
        }

        public String getAddress() {
            return address;
        }

        public List<String> getItems() {
            return items;
        }
    }

    static class InitialContent extends Session {
        private List<String> withSetter = new ArrayList<>(List.of("initial"));
        private List<String> getterOnly = new ArrayList<>(List.of("initial"));
        private final List<String> finalGetterOnly = new ArrayList<>(List.of("initial"));
        private final Map<String, Line> finalMap = new LinkedHashMap<>(Map.of("initial", new Line("initial", 1)));
        public List<String> publicField = new ArrayList<>(List.of("initial"));
        public Address nested = new Address();

        InitialContent(String key) {
            super(key);
        }

        public List<String> getWithSetter() {
            return withSetter;
        }

        public void setWithSetter(List<String> withSetter) {
            this.withSetter = withSetter;
        }

        public List<String> getGetterOnly() {
            return getterOnly;
        }

        public List<String> getFinalGetterOnly() {
            return finalGetterOnly;
        }

        public Map<String, Line> getFinalMap() {
            return finalMap;
        }

        public List<String> getComputed() {
            return List.of("computed");
        }
    }

    static class Address {
        public String street = "initial";
        public String city = "initial";
    }

    record Line(String article, int quantity) {}

    static class Creator extends Session {
        private final String address;
        private int total;
        public Map<String, String> labels = Map.of();

        @JsonCreator
        Creator(@JsonProperty("key") String theKey, @JsonProperty("address") String address) {
            super(theKey);
            this.address = address;
        }

        public String getAddress() {
            return address;
        }

        public int getTotal() {
            return total;
        }

        public void setTotal(int total) {
            this.total = total;
        }
    }

    static class NamedParameters extends Session {
        private final String address;

        NamedParameters(@JsonProperty("key") String theKey, @JsonProperty("address") String address) {
            super(theKey);
            this.address = address;
        }

        public String getAddress() {
            return address;
        }
    }

    static class ImplicitNames extends Session {
        private final String address;

        @JsonCreator
        private ImplicitNames(String key, String address) {
            super(key);
            this.address = address;
        }

        static ImplicitNames of(String key, String address) {
            return new ImplicitNames(key, address);
        }

        public String getAddress() {
            return address;
        }
    }

    static class Factory extends Session {
        private final String address;

        private Factory(String key, String address, boolean internal) {
            super(key);
            this.address = internal ? address : null;
        }

        @JsonCreator
        static Factory of(@JsonProperty("key") String key, @JsonProperty("address") String address) {
            return new Factory(key, address, true);
        }

        public String getAddress() {
            return address;
        }
    }

    static class KeyOnlyFactory extends Session {
        public String address;

        private KeyOnlyFactory(String key, int ignored) {
            super(key);
        }

        @JsonCreator
        static KeyOnlyFactory of(String key) {
            return new KeyOnlyFactory(key, 0);
        }
    }

    static class AnnotatedKeyConstructor extends Session {
        public String address;

        @JsonCreator
        AnnotatedKeyConstructor(String key) {
            super(key);
        }
    }

    static class Plain extends Session {
        final String address;

        Plain(String key, String address) {
            super(key);
            this.address = address;
        }
    }

    /** Makes {@link Plain} usable without changing it. */
    abstract static class PlainMixIn {
        @JsonProperty
        String address;

        @JsonCreator
        PlainMixIn(@JsonProperty("key") String key, @JsonProperty("address") String address) {}
    }

    static class KeepsUnknown extends Session {
        public String address;
        private final Map<String, Object> unknown = new LinkedHashMap<>();

        KeepsUnknown(String key) {
            super(key);
        }

        @JsonAnyGetter
        public Map<String, Object> getUnknown() {
            return unknown;
        }

        @JsonAnySetter
        public void setUnknown(String name, Object value) {
            unknown.put(name, value);
        }
    }

    static class Polymorphic extends Session {
        public Payment payment;
        public Instant paidAt;

        Polymorphic(String key) {
            super(key);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Cash.class, name = "cash")
    })
    sealed interface Payment {}

    record Card(String last4) implements Payment {}

    record Cash() implements Payment {}
}
