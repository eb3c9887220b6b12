package io.sessiontracker.linearizability;

import java.util.List;

/**
 * A session as a caller sees it: its version, and the tags of all writes that made it, in order. Each call's tag is unique, so
 * the first one tells which start this is, and a tag that is there twice tells of a write that was applied twice.
 */
record Snapshot(long version, String tags) {

    static Snapshot started(String tag) {
        return new Snapshot(1, tag);
    }

    Snapshot written(String tag) {
        return new Snapshot(version + 1, tags + "," + tag);
    }

    String startTag() {
        int end = tags.indexOf(',');
        return end < 0 ? tags : tags.substring(0, end);
    }

    List<String> tagList() {
        return List.of(tags.split(","));
    }

    boolean isLongerThan(Snapshot other) {
        return tags.length() > other.tags.length();
    }

    boolean extendsOrEquals(Snapshot other) {
        return tags.equals(other.tags) || tags.startsWith(other.tags + ",");
    }

    boolean has(String tag) {
        return ("," + tags + ",").contains("," + tag + ",");
    }

    boolean isSameVersion(Snapshot other) {
        return version == other.version && startTag().equals(other.startTag());
    }

    @Override
    public String toString() {
        return version + "[" + tags + "]";
    }
}
