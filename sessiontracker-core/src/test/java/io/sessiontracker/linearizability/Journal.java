package io.sessiontracker.linearizability;

import java.util.ArrayList;
import java.util.List;

import io.sessiontracker.Session;

/** A session that remembers the tag of each write. */
class Journal extends Session {

    public List<String> tags = new ArrayList<>();

    Journal(String key) {
        super(key);
    }

    Journal tagged(String tag) {
        tags.add(tag);
        return this;
    }

    Snapshot snapshot() {
        return new Snapshot(getVersion(), String.join(",", tags));
    }
}
