package io.sessiontracker.json;

import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;

/**
 * Compares the JSON of a session and of its copy, and refuses what differs.
 *
 * @param properties the property names, which may be shown
 */
record JsonComparison(Set<String> properties) {

    void compare(JsonNode before, JsonNode after) {
        compare(before, after, PropertyPath.ROOT);
    }

    private void compare(JsonNode before, JsonNode after, PropertyPath path) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new TreeSet<>(before.propertyNames());
            names.addAll(after.propertyNames());
            for (String name : names) {
                compare(
                        before.path(name),
                        after.path(name),
                        properties.contains(name) ? path.property(name) : path.key());
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(before.path(i), after.path(i), path.index(i));
            }
        } else {
            throw new RefusedStateException(("%s would not come back as it is: reading it gives another content. Let"
                            + " its field, its setter or its creator take what its getter gives, or leave it out with transient or"
                            + " @JsonIgnore")
                    .formatted(path));
        }
    }
}
