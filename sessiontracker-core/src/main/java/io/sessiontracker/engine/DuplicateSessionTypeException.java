package io.sessiontracker.engine;

import io.sessiontracker.Session;

/** Thrown for two classes with one session type name: neither could read what the other stored. */
public final class DuplicateSessionTypeException extends IllegalStateException {

    private final String type;
    private final transient Class<? extends Session> first;
    private final transient Class<? extends Session> second;

    DuplicateSessionTypeException(String type, Class<? extends Session> first, Class<? extends Session> second) {
        super("%s and %s both are session type \"%s\"; give one of them another name with @SessionType(\"…\")"
                .formatted(first.getName(), second.getName(), type));
        this.type = type;
        this.first = first;
        this.second = second;
    }

    /** Returns the name that both claim. */
    public String type() {
        return type;
    }

    /** Returns the class that was known first. */
    public Class<? extends Session> first() {
        return first;
    }

    /** Returns the class that was refused. */
    public Class<? extends Session> second() {
        return second;
    }
}
