package io.sessiontracker.spi.state;

import io.sessiontracker.spi.state.KeyState.Part;

/** Asks for a part that a transition needs and that was not loaded: the transition is to be applied again with it. */
final class PartNotLoadedException extends RuntimeException {

    private final transient Part part;

    PartNotLoadedException(Part part) {
        super("Not loaded: " + part.name(), null, false, false);
        this.part = part;
    }

    /** Returns the part that is needed. */
    Part part() {
        return part;
    }
}
