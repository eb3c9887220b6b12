package io.sessiontracker.contract.tracker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.sessiontracker.event.SessionEvent;
import io.sessiontracker.event.SessionListener;
import io.sessiontracker.event.SessionTrackerError;

/** A listener that remembers what it was told. */
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

    /** The keys that the events were about, in turn. */
    List<String> keys() {
        return events.stream().map(SessionEvent::key).toList();
    }

    /** What it heard since this was asked last. */
    List<SessionEvent<?>> take() {
        List<SessionEvent<?>> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
