package io.sessiontracker.spi.state;

import io.sessiontracker.spi.OperationToken;
import io.sessiontracker.spi.SessionOwner;
import io.sessiontracker.spi.SessionStates;
import io.sessiontracker.spi.state.KeyState.Part;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a call may take its step on a key's state. Needs {@link Part#FINISHED} where the finished session counts.
 *
 * @param owner whose sessions the call is about
 */
record OwnerCheck(KeyState state, SessionOwner owner) {

    /** Returns whether that call was done before. */
    boolean isRepeated(OperationToken token) {
        return state.call(token) != null;
    }

    /** Returns whether a call that looks for the running session first finds another owner's. */
    boolean isOthersRunningFirst() {
        return isOthers(state.running() != null ? state.running() : state.finished());
    }

    /** Returns whether a call that looks for the finished session first finds another owner's. */
    boolean isOthersFinishedFirst() {
        return isOthers(state.finished() != null ? state.finished() : state.running());
    }

    /** Returns whether a start finds another owner's session, that it did not itself start. */
    boolean isOthersForStart(OperationToken token) {
        SessionEntry running = state.running();
        return isOthersRunningFirst() && (running == null || !token.isStartOf(running.id()));
    }

    /** Returns which of these sessions a delete may remove; null if all that are there are another owner's. */
    @Nullable
    SessionStates deletable(SessionStates states) {
        boolean keepsRunning = states.hasRunning() && isOthers(state.running());
        boolean keepsFinished = states.hasFinished() && isOthers(state.finished());
        if (!keepsRunning && !keepsFinished) {
            return states;
        }
        if (!keepsRunning && states.hasRunning() && state.running() != null) {
            return SessionStates.RUNNING;
        }
        return !keepsFinished && states.hasFinished() && state.finished() != null ? SessionStates.FINISHED : null;
    }

    private boolean isOthers(@Nullable SessionEntry entry) {
        return entry != null
                && !owner.owns(entry.loaded(Part.FINISHED).session().data().properties());
    }
}
