package io.sessiontracker.sample.readme;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.sessiontracker.Session;

class TolerantSession extends Session {

    private final Map<String, Object> unknown = new HashMap<>();

    @JsonAnySetter
    void keep(String name, Object value) {
        unknown.put(name, value);
    }

    @JsonAnyGetter
    Map<String, Object> kept() {
        return unknown;
    }

    TolerantSession(String key) {
        super(key);
    }
}
