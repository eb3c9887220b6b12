package io.sessiontracker.json;

import io.sessiontracker.Session;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step in the history of a session class: turns the JSON that a release stored with version {@link #fromVersion} into that of the
 * version after. The steps of a class are chained, and are applied whenever an older session is read; what is stored changes with the next
 * update. A {@link SessionDowncaster} is a step that can be undone.
 *
 * <p>The steps of a class have no gap, and end below its {@link io.sessiontracker.SessionType#version version}. The first ones can be removed
 * once no session of their version is stored any more.
 *
 * <p>Called by any thread, by several at once, and for one session as often as it is read.
 */
public interface SessionUpcaster {

    /** Returns the session class, as it is now. */
    Class<? extends Session> sessionClass();

    /** Returns the version that this step begins with, 1 or more: it leads to the next one. */
    int fromVersion();

    /**
     * Turns the state of {@link #fromVersion} into that of the next version. If it throws, the session is reported as unreadable, and stays
     * stored as it is.
     *
     * @param state the whole state, with properties that the class does not know; to be changed
     * @return the given state, or another object; never null
     */
    ObjectNode upcast(ObjectNode state);
}
