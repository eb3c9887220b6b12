package io.sessiontracker.memory;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import io.sessiontracker.spi.SessionAddress;
import org.jspecify.annotations.Nullable;

/** All sessions in the order of a walk; changed together with the slot that has them. */
final class Places {

    private final ConcurrentSkipListSet<Place> places = new ConcurrentSkipListSet<>();

    void replace(SessionAddress address, @Nullable Slot before, @Nullable Slot after) {
        Set<Place> old = of(address, before);
        Set<Place> current = of(address, after);
        old.stream().filter(place -> !current.contains(place)).forEach(places::remove);
        places.addAll(current);
    }

    private static Set<Place> of(SessionAddress address, @Nullable Slot slot) {
        Set<Place> places = new HashSet<>();
        if (slot != null) {
            add(places, address, Place.Kind.RUNNING, slot.running());
            add(places, address, Place.Kind.FINISHED, slot.finished());
            slot.untold().forEach(untold -> add(places, address, Place.Kind.UNTOLD, untold.entry()));
        }
        return places;
    }

    private static void add(Set<Place> places, SessionAddress address, Place.Kind kind, @Nullable Entry entry) {
        if (entry != null) {
            places.add(Place.of(address, kind, entry));
        }
    }

    /** From behind that place to the end of its kind; sees what comes and goes meanwhile, or not. */
    Iterable<Place> after(Place place) {
        return () -> iterator(place);
    }

    private Iterator<Place> iterator(Place place) {
        return places.tailSet(place, false).stream()
                .takeWhile(next -> next.isOf(place.type(), place.kind()))
                .iterator();
    }
}
