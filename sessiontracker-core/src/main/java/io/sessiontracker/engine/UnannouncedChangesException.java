package io.sessiontracker.engine;

import org.jspecify.annotations.Nullable;

/** Thrown for a near cache that is to answer from memory over a store that does not announce changes. */
public final class UnannouncedChangesException extends IllegalStateException {

    private final @Nullable String type;

    UnannouncedChangesException(@Nullable String type) {
        super("%s the near cache's mode local, which needs a store that announces changes; use the mode validated"
                .formatted(type == null ? "The defaults have" : "Session type \"" + type + "\" has"));
        this.type = type;
    }

    /** Returns the session type's name; null for the defaults. */
    public @Nullable String type() {
        return type;
    }
}
