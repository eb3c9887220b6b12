package io.sessiontracker.engine;

import org.jspecify.annotations.Nullable;

/** Thrown for settings that index more properties of a type than the store can. */
public final class TooManyIndexedPropertiesException extends IllegalStateException {

    private final @Nullable String type;
    private final int count;
    private final int most;

    TooManyIndexedPropertiesException(@Nullable String type, int count, int most) {
        super("%s %d indexed properties; the store can index at most %d of a type"
                .formatted(type == null ? "The defaults have" : "Session type \"" + type + "\" has", count, most));
        this.type = type;
        this.count = count;
        this.most = most;
    }

    /** Returns the session type's name; null for the defaults. */
    public @Nullable String type() {
        return type;
    }

    /** Returns how many properties are to be indexed. */
    public int count() {
        return count;
    }

    /** Returns how many the store can index. */
    public int most() {
        return most;
    }
}
