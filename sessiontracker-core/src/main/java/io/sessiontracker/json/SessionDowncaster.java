package io.sessiontracker.json;

import tools.jackson.databind.node.ObjectNode;

/**
 * A step that can be undone, so that a release can go on writing the version before until all instances know the new one: see {@link
 * JacksonSessionCodec#withWriteVersions} and, in Spring, {@code session-tracker.types.<type>.write-version}.
 *
 * <p>What {@link #downcast} returns and {@link #upcast} then turns back has to be the same state; a write that is verified is refused
 * otherwise. The older release keeps properties of the state that it does not know, so what has no place in the older version can stay where
 * it is.
 */
public interface SessionDowncaster extends SessionUpcaster {

    /**
     * Turns the state of the version after {@link #fromVersion} into that of {@link #fromVersion}. If it throws, the write is refused and
     * nothing is sent.
     *
     * @param state the whole state, with properties that the class does not know; to be changed
     * @return the given state, or another object; never null
     */
    ObjectNode downcast(ObjectNode state);
}
