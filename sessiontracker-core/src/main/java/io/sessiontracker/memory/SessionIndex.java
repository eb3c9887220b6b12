package io.sessiontracker.memory;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/** All sessions in the order of a walk; changed together with the slot that has them. */
final class SessionIndex {

    private final ConcurrentSkipListSet<SessionIndexEntry> places = new ConcurrentSkipListSet<>();

    void replace(SessionAddress address, @Nullable KeyState before, @Nullable KeyState after) {
        Set<SessionIndexEntry> old = of(address, before);
        Set<SessionIndexEntry> current = of(address, after);
        old.stream().filter(place -> !current.contains(place)).forEach(places::remove);
        places.addAll(current);
    }

    private static Set<SessionIndexEntry> of(SessionAddress address, @Nullable KeyState slot) {
        Set<SessionIndexEntry> places = new HashSet<>();
        if (slot != null) {
            add(places, address, SessionIndexEntry.Kind.RUNNING, slot.running());
            add(places, address, SessionIndexEntry.Kind.FINISHED, slot.finished());
            slot.untold().forEach(untold -> add(places, address, SessionIndexEntry.Kind.UNTOLD, untold.entry()));
        }
        return places;
    }

    private static void add(
            Set<SessionIndexEntry> places, SessionAddress address, SessionIndexEntry.Kind kind, @Nullable Entry entry) {
        if (entry != null) {
            places.add(SessionIndexEntry.of(address, kind, entry));
        }
    }

    /** From behind that place to the end of its kind; sees what comes and goes meanwhile, or not. */
    Iterable<SessionIndexEntry> after(SessionIndexEntry place) {
        return () -> iterator(place);
    }

    private Iterator<SessionIndexEntry> iterator(SessionIndexEntry place) {
        return places.tailSet(place, false).stream()
                .takeWhile(next -> next.isOf(place.type(), place.kind()))
                .iterator();
    }
}
