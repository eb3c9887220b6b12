package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;

/** A listener that records what it is notified of. */
class RecordingListener implements SessionListener {

    private final List<SessionEvent<?>> events = new CopyOnWriteArrayList<>();
    private final List<SessionTrackerError> errors = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(SessionEvent<?> event) {
        events.add(event);
    }

    @Override
    public void onError(SessionTrackerError error) {
        errors.add(error);
    }

    List<SessionEvent<?>> events() {
        return events;
    }

    List<SessionTrackerError> errors() {
        return errors;
    }

    /** Returns the keys of the events, in order. */
    List<String> keys() {
        return events.stream().map(SessionEvent::key).toList();
    }

    /** Returns the events since the last call, and forgets them. */
    List<SessionEvent<?>> take() {
        List<SessionEvent<?>> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
